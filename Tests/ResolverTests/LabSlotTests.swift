import FoundationEssentials
import Glibc
import Resolver
import Testing

@Suite struct LabSlotTests {
  /// A fresh folder that is removed afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let parent = FileManager.default.temporaryDirectory.appending(path: "slots-\(UUID())").path
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: parent) }
    try body(parent + "/esash-slots")
  }

  @Test func theFirstIs168AndTheNextOneMovesOn() throws {
    try withFolder { folder in
      let first = try LabSlot.claim(preferring: nil, in: folder)
      let second = try LabSlot.claim(preferring: nil, in: folder)
      #expect(first.number == 168)
      #expect(second.number == 169)
    }
  }

  @Test func aRecordedNumberComesFirstUnlessTaken() throws {
    try withFolder { folder in
      let first = try LabSlot.claim(preferring: 20, in: folder)
      let second = try LabSlot.claim(preferring: 20, in: folder)
      #expect(first.number == 20)
      #expect(second.number == 168)
    }
  }

  @Test func aSlotIsFreeAgainWhenItsHolderEnds() throws {
    try withFolder { folder in
      var holder: LabSlot? = try LabSlot.claim(preferring: 20, in: folder)
      #expect(holder?.number == 20)
      holder = nil
      #expect(try LabSlot.claim(preferring: 20, in: folder).number == 20)
    }
  }

  @Test func allUsersMayLockWhatOneMade() throws {
    try withFolder { folder in
      let slot = try LabSlot.claim(preferring: 20, in: folder)
      var status = stat()
      #expect(stat(folder, &status) == 0)
      #expect(status.st_mode & 0o7777 == 0o1777)
      #expect(stat("\(folder)/\(slot.number)", &status) == 0)
      #expect(status.st_mode & 0o777 == 0o666)
    }
  }

  @Test func aFolderThatCannotBeMadeIsNamed() {
    #expect {
      try LabSlot.claim(preferring: nil, in: "/proc/esash-slots")
    } throws: { "\($0)".contains("/proc/esash-slots") }
  }
}

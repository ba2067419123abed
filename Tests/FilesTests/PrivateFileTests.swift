import Files
import Foundation
import TestSupport
import Testing

@Suite("Private files")
struct PrivateFileTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
  }

  @Test("a file is replaced by a whole one, for its owner alone", arguments: [true, false])
  func write(durably: Bool) throws {
    let path = directory.path("file")
    try PrivateFile.write("one", to: path, durably: durably)
    try PrivateFile.write("another", to: path, durably: durably)
    #expect(PrivateFile.text(of: path) == "another")
    #expect(directory.mode("file") == 0o600)
    #expect(try names == ["file"])
  }

  @Test("many bytes are read as they were written")
  func manyBytes() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    try PrivateFile.write(bytes, to: directory.path("file"))
    #expect(PrivateFile.contents(of: directory.path("file")) == bytes)
  }

  @Test("what cannot be read is nil")
  func unreadable() {
    #expect(PrivateFile.contents(of: directory.path("none")) == nil)
    #expect(PrivateFile.contents(of: directory.path) == nil)
  }

  @Test("a library's file is made once, and has its name when it is whole")
  func libraries() throws {
    let path = directory.path("file")
    for text in ["one", "another"] {
      try PrivateFile.make(at: path) { passing in
        #expect(directory.mode(try #require(names.first)) == 0o600)
        #expect(PrivateFile.isEmpty(passing))
        #expect(!FileManager.default.fileExists(atPath: path))
        try PrivateFile.write(text, to: passing)
      }
    }
    #expect(PrivateFile.text(of: path) == "one")
    #expect(!PrivateFile.isEmpty(path))
    #expect(directory.mode("file") == 0o600)
    #expect(try names == ["file"])
  }

  @Test("a library that fails leaves nothing")
  func failingLibrary() throws {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try PrivateFile.make(at: directory.path("file")) { _ in throw Failure() }
    }
    #expect(try names == [])
    let missing = directory.path("none/file")
    #expect {
      try PrivateFile.make(at: missing) { _ in Issue.record("there is nothing to write to") }
    } throws: {
      "\($0)" == "The file \(missing) cannot be written: No such file or directory."
    }
  }

  @Test("the reason is the system's, and nothing is left", arguments: [true, false])
  func reasons(durably: Bool) throws {
    let missing = directory.path("none/file")
    #expect {
      try PrivateFile.write("x", to: missing, durably: durably)
    } throws: {
      "\($0)" == "The file \(missing) cannot be written: No such file or directory."
    }
    try PrivateFile.makeFolder(directory.path("folder"))
    #expect {
      try PrivateFile.write("x", to: directory.path("folder"), durably: durably)
    } throws: { ($0 as? FileError)?.code == EISDIR }
    #expect(try names == ["folder"])
  }

  @Test(
    "a failing write is told by its own reason",
    arguments: [("/dev/full", O_WRONLY, ENOSPC), ("/dev/null", O_RDONLY, EBADF)])
  func failingWrite(device: String, mode: Int32, code: Int32) throws {
    let descriptor = open(device, mode | O_CLOEXEC)
    defer { close(descriptor) }
    #expect {
      try PrivateFile.write([1, 2, 3], to: descriptor, path: device)
    } throws: { ($0 as? FileError)?.code == code }
  }

  @Test("of several that make a file, one does")
  func create() async throws {
    let path = directory.path("file")
    let winners = try await withThrowingTaskGroup { group in
      for writer in 0..<16 {
        group.addTask {
          try PrivateFile.create([UInt8](repeating: UInt8(writer), count: 5000), at: path)
            ? writer : nil
        }
      }
      return try await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
    }
    #expect(winners.count == 1)
    #expect(
      PrivateFile.contents(of: path)
        == [UInt8](repeating: UInt8(try #require(winners.first)), count: 5000))
    #expect(directory.mode("file") == 0o600)
    #expect(try names == ["file"])
  }

  @Test("a file that cannot be made is no file that is there")
  func notCreated() {
    #expect {
      try PrivateFile.create([1], at: directory.path("none/file"))
    } throws: { ($0 as? FileError)?.code == ENOENT }
  }

  @Test("a folder is made with those above it, and kept when it is there")
  func makeFolder() throws {
    let path = directory.path("a/b/c")
    try PrivateFile.makeFolder(path)
    try PrivateFile.write("x", to: "\(path)/file")
    try PrivateFile.makeFolder(path)
    #expect(PrivateFile.text(of: "\(path)/file") == "x")
    for folder in ["a", "a/b", "a/b/c"] { #expect(directory.mode(folder) == 0o700) }
  }

  @Test("a folder below a file cannot be made")
  func folderBelowFile() throws {
    try directory.write([1], to: "file")
    let path = directory.path("file/folder")
    #expect {
      try PrivateFile.makeFolder(path)
    } throws: { "\($0)" == "The folder \(path) cannot be made: Not a directory." }
  }
}

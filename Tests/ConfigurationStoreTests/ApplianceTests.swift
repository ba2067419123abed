import Configuration
import ConfigurationStore
import Files
import Foundation
import PKI
import Testing
import TestSupport

@Suite("Appliances")
struct ApplianceTests {
  let directory: TemporaryDirectory
  var place: String { directory.path("deep/er/appliance") }

  init() throws { directory = try TemporaryDirectory() }

  private func open(_ release: Release? = nil) async throws -> Appliance {
    try await Appliance(at: place, release: release, environment: .test())
  }

  @Test("a missing directory becomes a factory-fresh appliance, its owner's alone")
  func fresh() async throws {
    #expect(!Appliance.exists(place))
    let appliance = try await open()
    #expect(Appliance.exists(place))
    #expect(appliance.release == .release14)
    #expect(
      appliance.serialNumber.wholeMatch(of: /[0-9A-F]{20}-[0-9A-F]{12}/) != nil,
      "\(appliance.serialNumber)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: place)
    #expect(
      Set(paths).isSuperset(of: [
        "configuration", "log", "network", "network/mailbox", "network/zone", "network/sbrs",
        "esash.sqlite", "secret.key",
      ]))
    for path in [""] + paths {
      let mode = try #require(directory.mode("deep/er/appliance/\(path)"))
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(place)/\(path)", isDirectory: &isFolder)
      #expect(mode == (isFolder.boolValue ? 0o700 : 0o600), "\(path)")
    }
  }

  @Test("opened again it is the same appliance")
  func again() async throws {
    let first = try await open(.release16)
    let second = try await open()
    #expect(second.release == .release16)
    #expect(second.serialNumber == first.serialNumber)
    #expect(
      try await second.store.committed().configuration == first.store.committed().configuration)
    #expect(try await second.store.history().count == 1)
  }

  @Test("an appliance plays one release", arguments: Release.all)
  func oneRelease(_ release: Release) async throws {
    let appliance = try await open(release)
    #expect(appliance.release == release)
    let listener = try await appliance.store.committed().configuration.listeners["IncomingMail"]
    #expect(listener?.hostAccess == .factory(release: release))
    let other = try #require(Release.all.first { $0 != release })
    await #expect(
      throws: StoreError("The appliance plays \(release.name), not \(other.name).")
    ) { try await open(other) }
  }

  @Test("two appliances have different serial numbers, keys and demonstration certificates")
  func different() async throws {
    let first = try await open()
    let second = try await Appliance(at: directory.path("other"), environment: .test())
    #expect(first.serialNumber != second.serialNumber)
    #expect(
      FileManager.default.contents(atPath: "\(first.directory)/secret.key")
        != FileManager.default.contents(atPath: "\(second.directory)/secret.key"))
  }

  @Test("the demonstration certificate is that of the guide")
  func demo() async throws {
    let demo = try await open().store.committed().configuration.certificates["Demo"]
    let certificate = try #require(demo?.certificate)
    #expect(certificate.commonName == "Cisco Appliance Demo Certificate")
    #expect(certificate.isSelfIssued && !certificate.isAuthority)
    #expect(certificate.keyDescription == "RSA 2048 bits")
    #expect(certificate.notBefore == Date(timeIntervalSince1970: 1_795_543_212))
    #expect(certificate.notAfter.timeIntervalSince(certificate.notBefore) == 3650 * 86_400)
    #expect(demo?.request.publicKeySHA256 == certificate.publicKeySHA256)
  }

  @Test("opened by many tasks at once, it has one factory", .timeLimit(.minutes(10)))
  func concurrentCreation() async throws {
    let place = place
    let opened = try await withThrowingTaskGroup(of: Appliance.self) { group in
      for _ in 0..<12 {
        group.addTask { try await Appliance(at: place, environment: .test()) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(opened.map(\.serialNumber)).count == 1)
    for appliance in opened {
      #expect(try await appliance.store.history().count == 1)
      #expect(
        try await appliance.store.committed().configuration
          == opened[0].store.committed().configuration)
    }
  }

  @Test("the moved calendar is remembered")
  func calendar() async throws {
    let first = try await open()
    try await first.advanceCalendar(by: 86_400)
    try await first.advanceCalendar(by: -0.25)
    #expect(first.environment.calendar.now == .testMoment + 86_399.75)
    #expect(try await open().environment.calendar.now == .testMoment + 86_399.75)
    try await first.store.change { $0.system.hostName = "a.example.com" }
    #expect(try await first.store.history().first?.date == .testMoment + 86_399.75)
  }

  @Test("files of the lab network that a user put there stay as they are")
  func networkFiles() async throws {
    try FileManager.default.createDirectory(
      atPath: "\(place)/network", withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: "\(place)/network/zone"))
    let appliance = try await open()
    #expect(
      try String(contentsOfFile: "\(appliance.networkFolder)/zone", encoding: .utf8) == "mine")
    #expect(FileManager.default.fileExists(atPath: "\(appliance.networkFolder)/sbrs"))
  }

  @Test("a file in the directory's place is refused with one sentence")
  func fileInTheWay() async throws {
    try directory.write([1], to: "deep")
    let path = directory.path("deep")
    await #expect {
      try await open()
    } throws: { "\($0)".hasPrefix("The folder \(path)") }
  }
}

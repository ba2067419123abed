public import Configuration
import Files
public import Foundation
import PKI

/// An appliance: a directory with its configuration, files, logs and lab network.
public struct Appliance: Sendable {
  /// The directory's path.
  public let directory: String
  /// The release that it plays.
  public let release: Release
  /// The serial number, as the appliance shows it.
  public let serialNumber: String
  /// The committed configuration and its history.
  public let store: ConfigurationStore
  /// Who may come in: passphrases, keys, locks.
  public let accounts: Accounts
  /// Who is logged in, and who was.
  public let sessions: SessionRegistry
  /// Calendar, serial numbers, keys.
  public let environment: Environment

  /// The files that users upload and export.
  public var files: PrivateFolder { PrivateFolder(path: "\(directory)/configuration") }
  /// The folder of the log files.
  public var logFolder: String { "\(directory)/log" }
  /// The folder of the lab network's files.
  public var networkFolder: String { "\(directory)/network" }

  /// Opens an appliance; a missing or empty directory becomes a factory-fresh one.
  ///
  /// - Parameters:
  ///   - directory: its path; made with mode 0700.
  ///   - release: what a fresh one plays; nil for the default, 14.2.
  ///   - environment: calendar, serial numbers, keys.
  /// - Throws: `FileError` or `StoreError` when the directory cannot be used, or plays another
  ///   release.
  public init(
    at directory: String, release: Release? = nil, environment: Environment = Environment()
  ) async throws {
    try Self.makeFolders(in: directory)
    // Creation and migration are one process's work at a time.
    let lock = try await FileLock.waiting(path: "\(directory)/create.lock")
    defer { withExtendedLifetime(lock) {} }
    let box = try Self.secretBox(in: directory, isFresh: !Self.exists(directory))
    let database = try HistoryDatabase(path: "\(directory)/esash.sqlite")
    store = ConfigurationStore(database: database, box: box, calendar: environment.calendar)
    accounts = Accounts(store: store, database: database)
    sessions = SessionRegistry(
      folder: "\(directory)/sessions", database: database, calendar: environment.calendar)
    if try await store.fact("release") == nil {
      try await Self.found(store, release ?? .release14, environment, in: directory)
    }
    guard let name = try await store.fact("release"), let recorded = Release.named(name) else {
      throw StoreError("The appliance plays a release that this esash does not know.")
    }
    if let release, release != recorded {
      throw StoreError("The appliance plays \(recorded.name), not \(release.name).")
    }
    self.directory = directory
    self.release = recorded
    self.environment = environment
    serialNumber = try await store.fact("serial") ?? ""
    try await followCalendar()
  }

  /// Whether a directory holds an appliance.
  public static func exists(_ directory: String) -> Bool {
    access("\(directory)/esash.sqlite", F_OK) == 0
  }

  /// Has the appliance play another release from the next time it is opened.
  ///
  /// What that release does not know of the configuration is adapted and committed.
  ///
  /// - Returns: a sentence for each setting that was changed.
  /// - Throws: `StoreError` when the database cannot be used.
  public func upgrade(to release: Release) async throws -> [String] {
    while true {
      let committed = try await store.committed()
      var configuration = committed.configuration
      let adaptations = configuration.adapt(to: release)
      let outcome = try await store.commit(
        configuration, madeFrom: committed, user: "system", comment: "Adapted to \(release.name)",
        isKeptForRollback: true)
      // Somebody has committed meanwhile.
      if case .conflict = outcome { continue }
      try await store.setFact("release", release.name)
      return adaptations
    }
  }

  /// Moves the calendar and remembers it.
  ///
  /// - Parameter seconds: added to the present offset; may be negative.
  /// - Throws: `StoreError` when the database cannot be used.
  public func advanceCalendar(by seconds: TimeInterval) async throws {
    environment.calendar.offset += seconds
    try await store.setFact("clock", String(environment.calendar.offset))
  }

  /// Takes over what another process made of the calendar.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func followCalendar() async throws {
    if let offset = try await store.fact("clock"), let seconds = TimeInterval(offset) {
      environment.calendar.offset = seconds
    }
  }

  private static func makeFolders(in directory: String) throws(FileError) {
    for folder in ["", "/configuration", "/log", "/network", "/network/mailbox", "/sessions"] {
      try PrivateFile.makeFolder(directory + folder)
    }
  }

  /// The key that secrets are sealed under; made once, before the database that needs it.
  private static func secretBox(in directory: String, isFresh: Bool) throws -> SecretBox {
    let path = "\(directory)/secret.key"
    if let data = FileManager.default.contents(atPath: path), data.count == 32 {
      return try SecretBox(key: [UInt8](data))
    }
    guard isFresh else {
      throw StoreError(
        "The appliance's secret.key is missing or damaged; without it no private key can be read. "
          + "Bring it back from a copy.")
    }
    let key = SecretBox.randomKey()
    try PrivateFolder(path: directory).write(key, to: "secret.key")
    return try SecretBox(key: key)
  }

  private static func found(
    _ store: ConfigurationStore, _ release: Release, _ environment: Environment,
    in directory: String
  ) async throws {
    let demo = try await CertificateProfile.demo(environment)
    let network = PrivateFolder(path: "\(directory)/network")
    let present = network.names
    for (name, text) in [("zone", FactoryNetwork.zone), ("sbrs", FactoryNetwork.reputations)]
    where !present.contains(name) {
      try network.write(Array(text.utf8), to: name)
    }
    try await store.found(
      .factory(release: release, demo: demo),
      facts: ["release": release.name, "serial": makeSerialNumber()])
  }

  private static func makeSerialNumber() -> String {
    let digits = (0..<32).map { _ in "0123456789ABCDEF".randomElement() ?? "0" }
    return String(digits[..<20]) + "-" + String(digits[20...])
  }
}

extension CertificateProfile {
  /// The demonstration certificate: it encrypts, but nobody can verify it (G8).
  static func demo(_ environment: Environment) async throws -> CertificateProfile {
    let key = try await environment.generateKey(.rsa(bits: 2048))
    let subject = DistinguishedName(
      commonName: "Cisco Appliance Demo Certificate", organization: "Cisco Systems, Inc",
      organizationalUnit: "", locality: "San Jose", state: "California", country: "US")
    return CertificateProfile(
      certificate: try Certificate.selfSigned(
        subject: subject, key: key, notBefore: environment.calendar.now, days: 3650,
        serialNumber: environment.serialNumber()),
      key: Secret(bytes: key.pkcs8DER), intermediates: [],
      request: try CertificateRequest(subject: subject, key: key))
  }
}

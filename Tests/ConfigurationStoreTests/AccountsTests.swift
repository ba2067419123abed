import Configuration
@testable import ConfigurationStore
import PKI
import TestSupport
import Testing

@Suite("Accounts") struct AccountsTests {
  let world: TestAppliance
  var accounts: Accounts { world.appliance.accounts }
  static let good = "Tr0ub4dor&3"
  static let key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDWCfzyismuPEmeywMB9jFIHS2FUTNjNktGVKXHwcpjl joe"

  init() async throws {
    world = try await TestAppliance()
    try await world.store.change {
      $0.users["joe"] = User(role: .operator)
      $0.accountPolicy.failuresBeforeLock = 3
    }
  }

  @Test("nobody comes in before a passphrase is set; then the right one alone does")
  func verify() async throws {
    #expect(try await accounts.verify("admin", passphrase: "") == .refused)
    #expect(try await accounts.status(of: "admin") == Accounts.Status(failures: 1))
    try await accounts.setPassphrase(Self.good, of: "admin")
    #expect(try await accounts.verify("admin", passphrase: "wrong") == .refused)
    #expect(try await accounts.verify("admin", passphrase: Self.good) == .accepted(.administrator))
    #expect(try await accounts.status(of: "admin") == Accounts.Status(hasPassphrase: true))
    // Another process sees the same.
    let other = try await world.openedAgain().accounts
    #expect(try await other.verify("admin", passphrase: Self.good) == .accepted(.administrator))
  }

  @Test("a user whom the configuration lacks is refused, whatever the table holds")
  func unknown() async throws {
    try await accounts.setPassphrase(Self.good, of: "ghost")
    #expect(try await accounts.verify("ghost", passphrase: Self.good) == .refused)
    #expect(try await accounts.status(of: "ghost").failures == 0)
  }

  @Test("failures in a row lock the account, also for the right passphrase, until it is unlocked")
  func locking() async throws {
    try await accounts.setPassphrase(Self.good, of: "joe")
    for _ in 0..<2 { #expect(try await accounts.verify("joe", passphrase: "x") == .refused) }
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .accepted(.operator))
    for _ in 0..<2 { #expect(try await accounts.verify("joe", passphrase: "x") == .refused) }
    #expect(try await accounts.verify("joe", passphrase: "x") == .locked)
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .locked)
    #expect(try await accounts.status(of: "joe").lock == .failures)
    try await accounts.unlock("joe")
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .accepted(.operator))
    try await accounts.lock("joe")
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .locked)
    #expect(try await accounts.status(of: "joe").lock == .administrator)
  }

  @Test("an attempt that changes nothing writes nothing")
  func unchanged() async throws {
    try await accounts.setPassphrase(Self.good, of: "joe")
    // Another process's look: it sees every commit.
    let database = try HistoryDatabase(path: "\(world.appliance.directory)/esash.sqlite")
    let before = try await database.dataVersion()
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .accepted(.operator))
    #expect(try await database.dataVersion() == before)
    #expect(try await accounts.verify("joe", passphrase: "x") == .refused)
    #expect(try await database.dataVersion() != before)
    try await accounts.lock("joe")
    let locked = try await database.dataVersion()
    #expect(try await accounts.verify("joe", passphrase: "x") == .locked)
    #expect(try await database.dataVersion() == locked)
  }

  @Test("guesses at the same time get no more tries than others")
  func parallelGuesses() async throws {
    try await accounts.setPassphrase(Self.good, of: "joe")
    let accounts = accounts
    let verdicts = try await withThrowingTaskGroup(of: Accounts.Verdict.self) { group in
      for _ in 0..<6 {
        group.addTask { try await accounts.verify("joe", passphrase: "guess") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(verdicts.count { $0 == .refused } == 2)
    #expect(verdicts.count { $0 == .locked } == 4)
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .locked)
  }

  @Test("without a limit no account is ever locked")
  func noLimit() async throws {
    try await world.store.change { $0.accountPolicy.failuresBeforeLock = nil }
    for _ in 0..<4 { #expect(try await accounts.verify("joe", passphrase: "x") == .refused) }
  }

  @Test("the committed policy decides what may be set")
  func policy() async throws {
    await #expect(throws: ConfigurationError.self) {
      try await accounts.setPassphrase("simple", of: "joe")
    }
    #expect(try await !accounts.status(of: "joe").hasPassphrase)
    try await world.store.change {
      $0.accountPolicy.minimumLength = 1
      $0.accountPolicy.requiresMixedCase = false
      $0.accountPolicy.requiresDigit = false
      $0.accountPolicy.requiresSpecial = false
    }
    try await accounts.setPassphrase("simple", of: "joe")
    #expect(try await accounts.verify("joe", passphrase: "simple") == .accepted(.operator))
  }

  @Test("credentials become true with the commit, and a rollback leaves them")
  func commit() async throws {
    let key = try SSHPublicKey(Self.key)
    let hash = try await PasswordHash.make(of: Self.good)
    let session = try await world.session()
    try await session.edit {
      $0.credentials["joe"] = CredentialChange(passphrase: hash, keys: [key])
    }
    #expect(session.hasPendingChanges)
    #expect(try await accounts.credential(of: "joe").isEmpty)
    // Nothing but credentials, and still a version of its own.
    #expect(try await session.commit().record?.number == 3)
    #expect(!session.hasPendingChanges)
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .accepted(.operator))
    #expect(try await accounts.verify("joe", key: key) == .accepted(.operator))
    #expect(try await accounts.verify("admin", key: key) == .refused)
    let earlier = try await world.store.configuration(at: 1)
    try await world.store.change { $0 = earlier }
    #expect(try await accounts.verify("joe", key: key) == .refused)
    try await world.store.change { $0.users["joe"] = User(role: .guest) }
    #expect(try await accounts.verify("joe", key: key) == .accepted(.guest))
  }

  @Test("a new user of an old name has nothing of the old one's")
  func newUser() async throws {
    try await accounts.setPassphrase(Self.good, of: "joe")
    try await world.store.change {
      $0.credentials["joe"] = CredentialChange(keys: [try SSHPublicKey(Self.key)])
    }
    try await accounts.lock("joe")
    let hash = try await PasswordHash.make(of: "An0ther-one")
    try await world.store.change {
      $0.credentials["joe"] = CredentialChange(passphrase: hash, isOfNewUser: true)
    }
    #expect(try await accounts.credential(of: "joe").keys == [])
    #expect(try await accounts.verify("joe", passphrase: Self.good) == .refused)
    #expect(try await accounts.verify("joe", passphrase: "An0ther-one") == .accepted(.operator))
  }

  @Test("only administrators commit changes of users")
  func roles() async throws {
    let session = try await world.session("joe")
    try await session.edit { $0.system.hostName = "a.example.com" }
    #expect(try await session.commit().record != nil)
    try await session.edit { $0.users["joe"]?.role = .administrator }
    await #expect(throws: ConfigurationError("Only an administrator may change users.")) {
      try await session.commit()
    }
    session.clear()
    let hash = try await PasswordHash.make(of: Self.good)
    try await session.edit { $0.credentials["admin"] = CredentialChange(passphrase: hash) }
    await #expect(throws: ConfigurationError.self) { try await session.commit() }
    #expect(try await accounts.credential(of: "admin").isEmpty)
  }

  @Test("the database holds no passphrase, and no hash that shows itself")
  func secrets() async throws {
    try await accounts.setPassphrase(Self.good, of: "joe")
    for name in ["esash.sqlite", "esash.sqlite-wal"] {
      let content = String(
        decoding: try world.directory.read("appliance/\(name)"), as: UTF8.self)
      #expect(!content.contains(Self.good))
    }
    let credential = try await accounts.credential(of: "joe")
    #expect(!"\(credential)".contains("scrypt"))
  }
}

import CLibSSH
import Configuration
import ConfigurationStore
import Glibc
import PKI

/// Decides who comes in over one connection, and counts the attempts.
///
/// Its calls block: they come from the connection's own thread, and each has to be answered before
/// the next can be read.
final class LoginDesk {
  /// Somebody who was let in.
  struct User {
    let name: String
    let role: Role
    /// The newest version of the configuration when it came in.
    let version: Int
  }

  private let accounts: Accounts
  private let origin: String
  private let limits: ConnectionRules
  private let clock: LoginClock
  private let record: @Sendable (AuthenticationEvent) -> Void
  private var failures = 0
  private var questions = 0

  /// How many keys and names a client may ask about before it tries one.
  private static let questionLimit = 20

  /// Who was let in; nil until then.
  private(set) var user: User?

  /// - Parameters:
  ///   - origin: the client's address.
  ///   - clock: by which answers are held back.
  ///   - record: takes what the authentication log tells.
  init(
    _ accounts: Accounts, from origin: String, _ limits: ConnectionRules,
    by clock: LoginClock = LoginClock(),
    record: @escaping @Sendable (AuthenticationEvent) -> Void
  ) {
    self.accounts = accounts
    self.origin = origin
    self.limits = limits
    self.clock = clock
    self.record = record
  }

  /// Whether the client has had all its tries.
  var isClosed: Bool {
    user == nil && (failures >= limits.tries || questions > Self.questionLimit)
  }

  /// Tries a passphrase; a wrong one takes a while to be told.
  func enter(_ name: String, passphrase: String) -> Bool {
    guard !isClosed, user == nil else { return false }
    let accounts = accounts
    return inTime {
      // Nobody has such a name or passphrase, and hashing them is work.
      guard name.utf8.count <= 64, passphrase.utf8.count <= 1024 else {
        return fail(name, "password")
      }
      return settle(name, "password") { try await accounts.verify(name, passphrase: passphrase) }
    }
  }

  /// A client asks what it may try, which is free a few times.
  func ask() { questions += 1 }

  /// Whether a client may prove that it holds a key.
  func knows(_ key: SSHPublicKey, of name: String) -> Bool {
    ask()
    guard !isClosed else { return false }
    let accounts = accounts
    return decide(name, "public key") {
      try await accounts.credential(of: name).keys.contains { $0.blob == key.blob }
    } ?? false
  }

  /// Lets in whoever has signed with a key.
  func enter(_ name: String, key: SSHPublicKey) -> Bool {
    guard !isClosed, user == nil else { return false }
    let accounts = accounts
    return inTime {
      settle(name, "public key") { try await accounts.verify(name, key: key) }
    }
  }

  /// The user who was let in, with the role of this moment; nil for one who is gone or locked, also
  /// where somebody else has the name now.
  func presentUser() -> User? {
    guard let user else { return nil }
    let accounts = accounts
    let role = try? blocking { try await accounts.role(of: user.name, since: user.version) }
    return role.map { User(name: user.name, role: $0, version: user.version) }
  }

  private func settle(
    _ name: String, _ how: String, _ verify: @escaping @Sendable () async throws -> Accounts.Verdict
  ) -> Bool {
    let accounts = accounts
    let wasLocked = try? blocking { try await accounts.status(of: name).lock != nil }
    // Before it is looked who that is.
    guard let version = decide(name, how, { try await accounts.version() }) else {
      ask()
      return false
    }
    switch decide(name, how, verify) {
    case .accepted(let role):
      user = User(name: name, role: role, version: version)
      record(.authenticated(user: name, origin: origin, how: how))
      return true
    case .locked where wasLocked == false:
      record(.locked(user: shown(name), by: nil))
      return fail(name, how)
    case .locked, .refused: return fail(name, how)
    case nil:
      // No fault of the client's; but it may not ask without end.
      ask()
      return false
    }
  }

  /// What the accounts say; nil, which is told, where they cannot.
  private func decide<Answer: Sendable>(
    _ name: String, _ how: String, _ question: @escaping @Sendable () async throws -> Answer
  ) -> Answer? {
    do {
      return try blocking(question)
    } catch {
      record(.undecided(user: shown(name), origin: origin, how: how, why: "\(error)"))
      return nil
    }
  }

  private func fail(_ name: String, _ how: String) -> Bool {
    failures += 1
    record(.refused(user: shown(name), origin: origin, how: how))
    return false
  }

  /// Has a refusal told when its time has come, counted from the start of the try.
  ///
  /// Hashing and writing fall within it, so that the time does not tell what was done, and why.
  private func inTime(_ attempt: () -> Bool) -> Bool {
    let deadline = clock.now() + limits.failureDelay
    if attempt() { return true }
    clock.waitUntil(deadline)
    return false
  }
}

/// The time by which answers are held back.
struct LoginClock: Sendable {
  /// The present moment.
  var now: @Sendable () -> ContinuousClock.Instant = { .now }
  /// Blocks the thread until a moment, if that is still to come.
  var waitUntil: @Sendable (ContinuousClock.Instant) -> Void = { moment in
    usleep(UInt32(max(.zero, moment - .now) / .microseconds(1)))
  }
}

/// How much a connection is granted.
public struct ConnectionRules: Sendable {
  /// How long a client may take to log in.
  public var loginTime = Duration.seconds(60)
  /// How many times it may be wrong.
  public var tries = 3
  /// How long after it came a wrong answer is told.
  public var failureDelay = Duration.seconds(1)
  /// The most sessions at a time over the connection.
  public var sessions = 10
  /// How long a connection without a session is kept.
  public var emptyTime = Duration.seconds(600)
  /// Whether old clients' algorithms are offered.
  public var isLegacy = false

  /// Makes the usual rules.
  public init() {}
}

import Configuration
import ConfigurationStore
import Foundation
import PKI
@testable import RemoteAccess
import Synchronization
import TestSupport
import Testing

/// Who is let in, how often one may be wrong, and what the authentication log is told.
@Suite struct LoginDeskTests {
  private final class Book: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ event: AuthenticationEvent) { lines.withLock { $0.append("\(event)") } }
    var all: [String] { lines.withLock { $0 } }
  }

  /// A clock that moves when something is recorded, as if that were a try's work.
  private final class StoppedClock: Sendable {
    private let state = Mutex((now: ContinuousClock.now, waits: [Duration]()))

    func work() { state.withLock { $0.now += .milliseconds(300) } }

    var clock: LoginClock {
      LoginClock(
        now: { self.state.withLock(\.now) },
        waitUntil: { moment in
          self.state.withLock {
            $0.waits.append(moment - $0.now)
            $0.now = max($0.now, moment)
          }
        })
    }

    /// How long was waited each time.
    var waits: [Duration] { state.withLock(\.waits) }
  }

  private static let passphrase = "Tr0ub4dor&3"
  private static let key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a"

  /// A desk of an appliance whose admin has a passphrase; it is used on a thread of its own.
  private func withDesk(
    tries: Int = 3, hasPassphrase: Bool = true, clock: StoppedClock = StoppedClock(),
    prepare: (Appliance) throws -> Void = { _ in },
    _ body: @escaping @Sendable (LoginDesk, [String]) throws -> Void
  ) async throws -> [String] {
    let directory = try TemporaryDirectory()
    let appliance = try await Appliance(at: directory.path, environment: .test())
    if hasPassphrase {
      try await appliance.accounts.setPassphrase(Self.passphrase, of: User.adminName)
    }
    try prepare(appliance)
    var rules = ConnectionRules()
    rules.tries = tries
    let book = Book()
    let (accounts, sendableRules) = (appliance.accounts, rules)
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      Thread.detachNewThread {
        let desk = LoginDesk(accounts, from: "10.0.0.9", sendableRules, by: clock.clock) {
          clock.work()
          book.add($0)
        }
        done.resume(with: Result { try body(desk, book.all) })
      }
    }
    return book.all
  }

  @Test func theRightPassphraseLetsIn() async throws {
    let log = try await withDesk { desk, _ in
      #expect(!desk.enter("admin", passphrase: "wrong"))
      #expect(desk.user == nil)
      #expect(desk.enter("admin", passphrase: Self.passphrase))
      #expect(desk.user?.role == .administrator && desk.user?.name == "admin")
      #expect(!desk.isClosed)
      // Whoever is in cannot become somebody else.
      #expect(!desk.enter("admin", passphrase: Self.passphrase))
    }
    #expect(
      log == [
        "An authentication attempt by the user admin from 10.0.0.9 failed using a password.",
        "The user admin from 10.0.0.9 was authenticated using a password.",
      ])
  }

  @Test func threeTriesAreAll() async throws {
    let log = try await withDesk { desk, _ in
      for name in ["admin", "joe", "admin"] { #expect(!desk.enter(name, passphrase: "wrong")) }
      #expect(desk.isClosed)
      #expect(!desk.enter("admin", passphrase: Self.passphrase))
    }
    #expect(log.count == 3)
  }

  @Test func aRefusalIsToldWhenItsTimeHasComeCountedFromTheStart() async throws {
    let clock = StoppedClock()
    let key = try SSHPublicKey(Self.key)
    _ = try await withDesk(tries: 10, clock: clock) { desk, _ in
      // Who is there, who is not, whom nobody could be, and a key.
      #expect(!desk.enter("admin", passphrase: "wrong"))
      #expect(!desk.enter("joe", passphrase: "wrong"))
      #expect(!desk.enter(String(repeating: "y", count: 65), passphrase: "wrong"))
      #expect(!desk.enter("admin", key: key))
      #expect(desk.enter("admin", passphrase: Self.passphrase))
    }
    #expect(clock.waits == Array(repeating: .milliseconds(700), count: 4))
  }

  @Test func theRefusalThatLocksComesAtTheSameMoment() async throws {
    let clock = StoppedClock()
    _ = try await withDesk(tries: 10, clock: clock) { desk, _ in
      // The fifth locks the account, which takes longer, since that is recorded too.
      for _ in 0..<5 { #expect(!desk.enter("admin", passphrase: "wrong")) }
    }
    #expect(clock.waits.map { $0 / .milliseconds(100) } == [7, 7, 7, 7, 4])
  }

  @Test func aMomentThatIsOverIsNotWaitedFor() {
    let clock = LoginClock()
    let start = clock.now()
    clock.waitUntil(start - .seconds(120))
    #expect(clock.now() - start < .seconds(60))
  }

  @Test func whoOnlyAsksIsGivenUp() async throws {
    _ = try await withDesk { desk, _ in
      for _ in 0..<20 { desk.ask() }
      #expect(!desk.isClosed)
      desk.ask()
      #expect(desk.isClosed)
      #expect(!desk.enter("admin", passphrase: Self.passphrase))
    }
  }

  @Test func whoHasNoPassphraseGetsInByNone() async throws {
    _ = try await withDesk(hasPassphrase: false) { desk, _ in
      #expect(!desk.enter("admin", passphrase: ""))
      #expect(!desk.enter("admin", passphrase: "admin"))
    }
  }

  @Test func theLogTellsOfALockOnce() async throws {
    let log = try await withDesk(tries: 10) { desk, _ in
      for _ in 0..<7 { #expect(!desk.enter("admin", passphrase: "wrong")) }
      #expect(!desk.enter("admin", passphrase: Self.passphrase))
    }
    #expect(log.count { $0.hasPrefix("The account admin was locked") } == 1)
  }

  /// A trigger takes the place of a disk that is full.
  private static func refuseWrites(_ appliance: Appliance) throws {
    let result = try OutsideProgram.runHere([
      "sqlite3", "\(appliance.directory)/esash.sqlite",
      """
      CREATE TRIGGER full BEFORE INSERT ON account
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END
      """,
    ])
    try #require(result.status == 0, "\(result.output)")
  }

  @Test func whoIsRightGetsInWhileNothingCanBeWritten() async throws {
    let log = try await withDesk(prepare: Self.refuseWrites) { desk, _ in
      #expect(desk.enter("admin", passphrase: Self.passphrase))
    }
    #expect(log == ["The user admin from 10.0.0.9 was authenticated using a password."])
  }

  @Test func whatCannotBeCountedIsToldAndIsNoFailedTry() async throws {
    let log = try await withDesk(tries: 1, prepare: Self.refuseWrites) { desk, _ in
      for _ in 0..<2 { #expect(!desk.enter("admin", passphrase: "wrong")) }
      // Twenty questions are all, whoever is to blame.
      for _ in 0..<18 { desk.ask() }
      #expect(!desk.isClosed)
      #expect(!desk.enter("admin", passphrase: "wrong"))
      #expect(desk.isClosed)
    }
    let line =
      "An authentication attempt by the user admin from 10.0.0.9 using a password could not be "
      + "decided. The appliance's database cannot be used: database or disk is full."
    #expect(log == Array(repeating: line, count: 3))
  }

  @Test func aNameWritesNoLinesOfItsOwn() async throws {
    let log = try await withDesk { desk, _ in
      #expect(!desk.enter("x\nInfo: The user admin", passphrase: "wrong"))
      #expect(!desk.enter(String(repeating: "y", count: 5000), passphrase: "wrong"))
    }
    #expect(log.allSatisfy { !$0.contains("\n") && $0.utf8.count < 400 })
  }

  @Test func onlyTheUsersOwnKeysAreKnown() async throws {
    let key = try SSHPublicKey(Self.key)
    let log = try await withDesk { desk, _ in
      #expect(!desk.knows(key, of: "admin"))
      #expect(!desk.enter("admin", key: key))
      #expect(desk.user == nil)
    }
    #expect(log.first?.hasSuffix("failed using a public key.") == true)
  }
}

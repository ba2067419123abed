import Foundation

/// Who is logged in to an appliance, through whatever process, and who was.
///
/// Logins stand in the database; whether one still lasts is told by its door. So a session that was
/// killed is missed by whoever looks next, and its end is noted then.
public struct SessionRegistry: Sendable {
  /// The past logins that are kept.
  public static let keptLogins = 1000

  private let folder: String
  private let database: HistoryDatabase
  private let calendar: CalendarClock

  init(folder: String, database: HistoryDatabase, calendar: CalendarClock) {
    self.folder = folder
    self.database = database
    self.calendar = calendar
  }

  /// Enters a session that begins now.
  ///
  /// - Parameters:
  ///   - user: who holds it.
  ///   - origin: the address that it comes from, or `console`.
  ///   - onKick: called, on any thread, with the name of whoever wants it ended.
  /// - Returns: the session's presence, which lasts until `leave` or the end of the process.
  /// - Throws: `StoreError` when it cannot be entered.
  public func enter(
    user: String, from origin: String, onKick: @escaping @Sendable (String) -> Void
  ) async throws -> SessionPresence {
    let name = UUID().uuidString
    // Held before the row is there: nobody may take the session for a dead one.
    let door = try SessionDoor(at: path(name), onKnock: onKick)
    let began = calendar.now
    let number = try await database.write { transaction in
      let number = try transaction.beginLogin(
        door: name, user: user, origin: origin, process: getpid(), at: began)
      try transaction.forgetLogins(before: number - Int64(Self.keptLogins))
      return number
    }
    return SessionPresence(number: number, door: door, registry: self)
  }

  /// The sessions that last, oldest first.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func present() async throws -> [Login] {
    var present: [Login] = []
    var gone: [(number: Int64, lastInput: Date?)] = []
    for var login in try await database.read({ try $0.openLogins() }) {
      let door = SessionDoor.look(at: path(login.door))
      if door.isHeld {
        // What was typed is dated by the machine, everything else by the appliance.
        login.idleSeconds = door.lastInput.map { max(0, Date().timeIntervalSince($0)) } ?? 0
        present.append(login)
      } else {
        gone.append((login.number, door.lastInput))
        unlink(path(login.door))
      }
    }
    try await note(gone)
    return present
  }

  /// Notes the end of sessions that nobody ended in order: when something was last typed.
  private func note(_ gone: [(number: Int64, lastInput: Date?)]) async throws {
    guard !gone.isEmpty else { return }
    let offset = calendar.offset
    try await database.write { transaction in
      for login in gone {
        try transaction.endLogin(login.number, at: login.lastInput?.addingTimeInterval(offset))
      }
    }
  }

  /// The last logins, newest first.
  ///
  /// - Parameter limit: how many at most.
  /// - Throws: `StoreError` when the database cannot be used.
  public func logins(limit: Int = 100) async throws -> [Login] {
    _ = try await present()
    return try await database.read { try $0.logins(limit: limit) }
  }

  /// What became of a wish to end a session.
  public enum KickOutcome: Sendable {
    /// It is over.
    case ended
    /// It was over already.
    case gone
    /// It ends when its present command reads or is done.
    case ending
  }

  /// Ends a session: what is pending in it is lost.
  ///
  /// - Parameters:
  ///   - login: which one.
  ///   - user: who wants it.
  ///   - patience: how long its end is waited for.
  public func kick(
    _ login: Login, by user: String, patience: Duration = .seconds(10)
  ) async throws -> KickOutcome {
    let path = path(login.door)
    guard SessionDoor.knock(at: path, as: user) else { return .gone }
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      guard SessionDoor.look(at: path).isHeld else { return .ended }
      try await Task.sleep(for: .milliseconds(10))
    }
    return .ending
  }

  func end(_ number: Int64) async throws {
    let now = calendar.now
    try await database.write { try $0.endLogin(number, at: now) }
  }

  private func path(_ door: String) -> String { "\(folder)/\(door)" }
}

/// A session's place in the registry, for as long as it lasts.
public final class SessionPresence: Sendable {
  /// The login's number.
  public let number: Int64
  private let door: SessionDoor
  private let registry: SessionRegistry

  init(number: Int64, door: SessionDoor, registry: SessionRegistry) {
    self.number = number
    self.door = door
    self.registry = registry
  }

  /// Notes that something was typed now.
  public func touch() { door.touch() }

  /// Notes that the session is over.
  public func leave() async {
    // A row without an end is ended by whoever looks next, and finds the door gone.
    try? await registry.end(number)
    door.remove()
  }
}

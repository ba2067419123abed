import Glibc

/// Who has which place of an SSH server: users, strangers who have not logged in, those who wait.
///
/// These are the rules alone; whoever holds the places starts the processes, and ends them.
struct ConnectionPlaces {
  /// A connection that was accepted and has no process yet.
  struct Newcomer {
    let socket: Int32
    /// The client's address in the appliance's world.
    let origin: String
    var since = ContinuousClock.now
  }

  private struct Place {
    let origin: String
    let since: ContinuousClock.Instant
    var isStranger = true
  }

  private let limits: ServerLimits
  private var places: [pid_t: Place] = [:]
  private var waiting: [Newcomer] = []

  init(_ limits: ServerLimits) { self.limits = limits }

  /// The processes of all connections.
  var processes: some Sequence<pid_t> { places.keys }

  /// Whether no connection has a process.
  var isEmpty: Bool { places.isEmpty }

  /// Whether a connection has this process.
  func has(_ process: pid_t) -> Bool { places[process] != nil }

  /// Those whose clients have not logged in.
  var strangers: some Sequence<pid_t> { places.lazy.filter(\.value.isStranger).map(\.key) }

  // MARK: Coming and going

  /// Lets somebody wait for a place.
  ///
  /// - Returns: false where too many wait, of all or of one address.
  mutating func admit(_ newcomer: Newcomer) -> Bool {
    guard waiting.count < limits.waiting,
      waiting.count(where: { $0.origin == newcomer.origin }) < limits.waitingOfOneAddress
    else { return false }
    waiting.append(newcomer)
    return true
  }

  /// Takes the first of those who wait for whom there is a place.
  ///
  /// A stranger may become a user at any moment, and so needs a place among them from the start.
  mutating func takeNext() -> Newcomer? {
    guard !isFull else { return nil }
    let strangers = strangersByOrigin
    let next = waiting.firstIndex { hasRoom(for: $0.origin, among: strangers) }
    return next.map { waiting.remove(at: $0) }
  }

  /// Gives a stranger the place of its own.
  mutating func begin(_ process: pid_t, of newcomer: Newcomer, at now: ContinuousClock.Instant) {
    places[process] = Place(origin: newcomer.origin, since: now)
  }

  /// A stranger has become a user.
  mutating func letIn(_ process: pid_t) { places[process]?.isStranger = false }

  /// A connection is over.
  ///
  /// - Returns: false for one that was over before.
  mutating func end(_ process: pid_t) -> Bool { places.removeValue(forKey: process) != nil }

  // MARK: Making room

  /// The strangers that have taken their time and whose place somebody who waits could have.
  func inTheWay(at now: ContinuousClock.Instant) -> [pid_t] {
    let waiting = Set(waiting.map(\.origin))
    let strangers = strangersByOrigin
    let anyPlaceHelps = waiting.contains { hasRoom(for: $0, among: strangers) }
    return places.filter { _, place in
      place.isStranger && now - place.since > limits.grace
        && (anyPlaceHelps || waiting.contains(place.origin))
    }.map(\.key)
  }

  /// Takes those who have waited in vain.
  mutating func takeImpatient(at now: ContinuousClock.Instant) -> [Newcomer] {
    let count = waiting.prefix { now - $0.since > limits.patience }.count
    defer { waiting.removeFirst(count) }
    return Array(waiting.prefix(count))
  }

  /// Takes all who wait.
  mutating func takeAllWaiting() -> [Newcomer] {
    defer { waiting = [] }
    return waiting
  }

  // MARK: Counting

  private var isFull: Bool {
    places.count >= limits.sessions
      || places.values.count(where: \.isStranger) >= limits.strangers
  }

  private var strangersByOrigin: [String: Int] {
    places.values.reduce(into: [:]) { if $1.isStranger { $0[$1.origin, default: 0] += 1 } }
  }

  private func hasRoom(for origin: String, among strangers: [String: Int]) -> Bool {
    strangers[origin, default: 0] < limits.strangersOfOneAddress
  }
}

/// How much an SSH server bears.
public struct ServerLimits: Sendable {
  /// The most connections, and so the most whose clients are logged in.
  public var sessions = 250
  /// The most connections whose clients are not; more have to wait.
  public var strangers = 32
  /// The most of them from one address: one host leaves others some places.
  public var strangersOfOneAddress = 24
  /// The most that wait; more are closed at once.
  public var waiting = 512
  /// The most of them from one address: one host does not fill the room.
  public var waitingOfOneAddress = 64
  /// How long one may wait.
  public var patience = Duration.seconds(60)
  /// How long a stranger is left in peace while others wait.
  public var grace = Duration.seconds(10)

  /// Makes the usual limits.
  public init() {}
}

import Testing

@testable import RemoteAccess

/// Who gets a place of an SSH server, who waits, and who makes room.
@Suite struct ConnectionPlacesTests {
  /// The places of a server; a process has the number of its socket.
  private final class Server {
    private let start = ContinuousClock.now
    private(set) var places: ConnectionPlaces

    init(_ limits: ServerLimits) { places = ConnectionPlaces(limits) }

    func admit(_ number: Int32, _ origin: String) -> Bool {
      places.admit(.init(socket: number, origin: origin, since: start))
    }

    /// Starts all who may start.
    func startAll() -> [Int32] {
      var started: [Int32] = []
      while let next = places.takeNext() {
        places.begin(next.socket, of: next, at: start)
        started.append(next.socket)
      }
      return started
    }

    func letIn(_ number: Int32) { places.letIn(number) }

    func end(_ number: Int32) -> Bool { places.end(number) }

    /// Lets clients in at once; a number is one that nobody else has.
    func logIn(_ numbers: ClosedRange<Int32>) {
      for number in numbers {
        #expect(admit(number, "10.0.0.\(number)"))
        #expect(startAll() == [number])
        letIn(number)
      }
    }

    func inTheWay(after time: Duration) -> Set<Int32> { Set(places.inTheWay(at: start + time)) }

    func impatient(after time: Duration) -> [Int32] {
      places.takeImpatient(at: start + time).map(\.socket)
    }
  }

  private let limits: ServerLimits
  private let server: Server

  init() {
    var limits = ServerLimits()
    limits.sessions = 5
    limits.strangers = 3
    limits.strangersOfOneAddress = 2
    limits.waiting = 6
    limits.waitingOfOneAddress = 4
    self.limits = limits
    server = Server(limits)
  }

  @Test func oneHostLeavesPlacesToOthers() {
    for number: Int32 in 1...4 { #expect(server.admit(number, "10.0.0.1")) }
    #expect(!server.admit(5, "10.0.0.1"))
    #expect(server.startAll() == [1, 2])
    // There is a place, but not for the two that wait.
    #expect(server.admit(6, "10.0.0.2"))
    #expect(server.startAll() == [6])
    // A stranger that leaves makes room for the next of its own host.
    #expect(server.end(1))
    #expect(server.startAll() == [3])
  }

  @Test func oneHostDoesNotFillTheRoom() {
    for number: Int32 in 1...4 { #expect(server.admit(number, "10.0.0.1")) }
    #expect(!server.admit(5, "10.0.0.1"))
    for number: Int32 in 6...7 { #expect(server.admit(number, "10.0.0.2")) }
    // Now it is full for everybody.
    #expect(!server.admit(8, "10.0.0.3"))
  }

  @Test func whoLogsInLeavesThePlaceOfAStranger() {
    for number: Int32 in 1...3 { #expect(server.admit(number, "10.0.0.1")) }
    #expect(server.startAll() == [1, 2])
    server.letIn(1)
    #expect(server.startAll() == [3])
    #expect(Set(server.places.strangers) == [2, 3])
  }

  @Test func thereAreNeverMoreUsersThanTheLimit() {
    server.logIn(1...4)
    // One place is left, and whoever has it may become a user.
    for number: Int32 in 5...6 { #expect(server.admit(number, "10.0.0.\(number)")) }
    #expect(server.startAll() == [5])
    server.letIn(5)
    #expect(server.startAll() == [])
    #expect(server.end(1))
    #expect(server.startAll() == [6])
    #expect(Array(server.places.processes).count == limits.sessions)
  }

  @Test func strangersMakeRoomForThoseWhoCouldHaveTheirPlace() {
    let late = limits.grace + .seconds(1)
    for number: Int32 in 1...3 { #expect(server.admit(number, "10.0.0.1")) }
    #expect(server.admit(4, "10.0.0.2"))
    #expect(server.startAll() == [1, 2, 4])
    // One more of the first host waits: only its own stand in its way.
    #expect(server.inTheWay(after: limits.grace).isEmpty)
    #expect(server.inTheWay(after: late) == [1, 2])
    // Somebody else waits for any place.
    #expect(server.admit(5, "10.0.0.3"))
    #expect(server.inTheWay(after: late) == [1, 2, 4])
    server.letIn(4)
    #expect(server.startAll() == [5])
    #expect(server.inTheWay(after: late) == [1, 2])
  }

  @Test func usersMakeNoRoomAndNobodyWaitsForEver() {
    server.logIn(1...5)
    #expect(server.admit(6, "10.0.0.6"))
    #expect(server.startAll() == [])
    #expect(server.inTheWay(after: .seconds(3600)).isEmpty)
    #expect(server.impatient(after: limits.patience).isEmpty)
    let late = limits.patience + .seconds(1)
    #expect(server.impatient(after: late) == [6])
    #expect(server.impatient(after: late) == [])
  }

  @Test func aConnectionEndsOnce() {
    server.logIn(1...1)
    #expect(server.places.has(1) && !server.places.isEmpty)
    #expect(server.end(1))
    #expect(!server.end(1))
    #expect(!server.places.has(1) && server.places.isEmpty)
  }
}

public import Control

/// Nobody outside of a session: no engine runs, and whatever else is asked for is refused.
public struct Nowhere: EngineControl {
  /// Makes it.
  public init() {}

  /// Tells that no engine runs.
  public func ask(_ request: EngineRequest) async -> EngineReply? { nil }
}

extension Nowhere: LogReading {
  /// Refuses.
  public func reader(of name: String, isWhole: Bool) async throws -> any LogReader {
    throw ProbeFailure("There are no logs here.")
  }

  /// Refuses.
  public func rollOver(_ name: String) async throws {
    throw ProbeFailure("There are no logs here.")
  }
}

extension Nowhere: MailSubmitting {
  /// Refuses.
  public func submit(from sender: String, to recipients: [String], text: String) async throws
    -> Bool
  { throw ProbeFailure("No mail can be sent from here.") }
}

extension Nowhere: NameLookup {
  /// Refuses.
  public func lookUp(_ name: String, _ type: NameRecord.Kind) async throws -> NameAnswer {
    throw ProbeFailure("There is nobody to ask for names here.")
  }

  /// Does nothing.
  public func flush() async {}
}

extension Nowhere: MailProbing, RemoteDialing, WebServiceProbing, DirectoryProbing {
  private static let noWay = "nothing can be connected to from here"

  /// Refuses.
  public func route(to domain: String, by detour: ProbedPlace?) async throws -> ProbedRoute {
    throw ProbeFailure(Self.noWay)
  }

  /// Refuses.
  public func addresses(of host: String) async throws -> [String] {
    throw ProbeFailure(Self.noWay)
  }

  /// Refuses.
  public func connect(to address: String, port: Int, from interface: String?) async throws
    -> any RemoteConnection
  { throw ProbeFailure(Self.noWay) }

  /// Refuses.
  public func probe(_ tell: @escaping @Sendable (WebServiceEvent) async -> Void) async throws {
    throw ProbeFailure(Self.noWay)
  }

  /// Nothing was tried.
  public var counters: WebServiceCounters { WebServiceCounters() }

  /// Refuses.
  public func connect(to server: ProbedPlace) async throws -> any DirectoryConnection {
    throw DirectoryFailure.unreachable(Self.noWay)
  }
}

/// What an engine can be asked: one line of JSON on its control socket.
public struct EngineRequest: Codable, Hashable, Sendable {
  /// The request's name.
  public var request: String
  /// With `apply`: the committed version to serve.
  public var version: Int?
  /// With `clock`: seconds by which the calendar is ahead of real time.
  public var offset: Double?

  /// Makes a request by its name.
  public init(_ request: String) { self.request = request }

  /// Serve a committed version.
  public static func apply(version: Int) -> EngineRequest {
    var request = EngineRequest("apply")
    request.version = version
    return request
  }

  /// Move the calendar to so many seconds ahead of real time.
  public static func clock(offset: Double) -> EngineRequest {
    var request = EngineRequest("clock")
    request.offset = offset
    return request
  }

  /// Tell what is served, and where.
  public static let status = EngineRequest("status")
  /// Close everything and let another process be the engine.
  public static let yield = EngineRequest("yield")
  /// Start a new mail log file.
  public static let rollover = EngineRequest("rollover")
}

/// The engine's answer: one line of JSON.
public struct EngineReply: Codable, Hashable, Sendable {
  /// Whether the request was understood and done.
  public var ok: Bool
  /// Why not, as a sentence.
  public var error: String?
  /// A sentence for each thing that is not served as it should be.
  public var troubles: [String]
  /// With `status`.
  public var status: EngineStatus?

  /// A request that was done.
  static func done(troubles: [String] = [], status: EngineStatus? = nil) -> EngineReply {
    EngineReply(ok: true, error: nil, troubles: troubles, status: status)
  }

  /// A request that could not be done.
  static func refused(_ error: String) -> EngineReply {
    EngineReply(ok: false, error: error, troubles: [], status: nil)
  }
}

/// What an engine is doing.
public struct EngineStatus: Codable, Hashable, Sendable {
  /// The process.
  public var process: Int32
  /// The committed version that is served; 0 before the first.
  public var version: Int
  /// Connections to the listeners at present.
  public var connections: Int
  /// How many of them use TLS.
  public var tlsConnections: Int
  /// Where everything is reached.
  public var addresses: EngineAddresses
}

/// Where an appliance's services are reached on this machine.
public struct EngineAddresses: Codable, Hashable, Sendable {
  /// A listener or an HTTPS service.
  public struct Service: Codable, Hashable, Sendable {
    /// What it speaks.
    public enum Kind: String, Codable, Sendable {
      case smtp, https
    }

    /// What it speaks.
    public var kind: Kind
    /// The listener's or the interface's name.
    public var name: String
    /// The real address, such as `127.168.1.1`.
    public var host: String
    /// The real port, such as 10025.
    public var port: Int
  }

  /// All services, listeners first.
  public var services: [Service]
  /// The lab network's slot; nil on the real network.
  public var slot: UInt8?
  /// A real address to connect from as somebody whom nothing names; nil on the real network.
  public var stranger: String?
}

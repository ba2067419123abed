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

  /// Makes a status.
  public init(
    process: Int32, version: Int, connections: Int, tlsConnections: Int,
    addresses: EngineAddresses
  ) {
    self.process = process
    self.version = version
    self.connections = connections
    self.tlsConnections = tlsConnections
    self.addresses = addresses
  }
}

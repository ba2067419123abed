/// Where an appliance's services are reached on this machine.
public struct EngineAddresses: Codable, Hashable, Sendable {
  /// A listener, or a service of an interface.
  public struct Service: Codable, Hashable, Sendable {
    /// What it speaks.
    public enum Kind: String, Codable, Sendable {
      case smtp, https, ssh
    }

    /// What it speaks.
    public var kind: Kind
    /// The listener's or the interface's name.
    public var name: String
    /// The real address, such as `127.168.1.1`.
    public var host: String
    /// The real port, such as 10025.
    public var port: Int

    /// Makes a service.
    public init(kind: Kind, name: String, host: String, port: Int) {
      self.kind = kind
      self.name = name
      self.host = host
      self.port = port
    }
  }

  /// All services, listeners first.
  public var services: [Service]
  /// The lab network's slot; nil on the real network.
  public var slot: UInt8?
  /// A real address to connect from as somebody whom nothing names; nil on the real network.
  public var stranger: String?

  /// Makes the addresses.
  public init(services: [Service], slot: UInt8?, stranger: String?) {
    self.services = services
    self.slot = slot
    self.stranger = stranger
  }
}

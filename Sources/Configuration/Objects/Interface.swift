/// An IP interface with the services that listen on it (`interfaceconfig`).
public struct Interface: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.interface

  /// The IPv4 address, or nil for an IPv6-only interface.
  public var address: IPv4Address?
  /// The IPv4 network's prefix length, 0 to 32.
  public var prefixLength: Int
  /// The IPv6 address with prefix length, or nil.
  public var ipv6: String?
  /// The Ethernet port: Management, Data 1, Data 2.
  public var ethernet: String
  /// The name in the SMTP banner and in EHLO (G10).
  public var hostName: String
  /// The port of SSH, or nil when off.
  public var ssh: Int?
  /// The port of plain HTTP, or nil when off.
  public var http: Int?
  /// The port of HTTPS, or nil when off.
  public var https: Int?
  /// The certificate profile that HTTPS presents.
  public var httpsCertificate: String
  /// Whether HTTP only redirects to HTTPS.
  public var redirectsToHTTPS: Bool

  /// Makes an interface; services are off unless given a port.
  public init(
    address: IPv4Address?, prefixLength: Int = 24, ipv6: String? = nil, ethernet: String,
    hostName: String, ssh: Int? = nil, http: Int? = nil, https: Int? = nil,
    httpsCertificate: String = CertificateProfile.demoName, redirectsToHTTPS: Bool = false
  ) {
    self.address = address
    self.prefixLength = prefixLength
    self.ipv6 = ipv6
    self.ethernet = ethernet
    self.hostName = hostName
    self.ssh = ssh
    self.http = http
    self.https = https
    self.httpsCertificate = httpsCertificate
    self.redirectsToHTTPS = redirectsToHTTPS
  }

  /// Address and network, as `192.168.42.42/24`.
  public var network: String {
    address.map { "\($0)/\(prefixLength)" } ?? ipv6 ?? "no address"
  }
}

/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The address as a number, most significant byte first.
  public var bits: UInt32

  /// Makes an address from its number.
  public init(bits: UInt32) { self.bits = bits }

  /// Reads `192.168.1.2`; nil for anything else (four decimal bytes, no leading zeros).
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard let byte = UInt8(part), String(byte) == part else { return nil }
      bits = bits << 8 | UInt32(byte)
    }
    self.bits = bits
  }

  /// Decodes the dotted form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = IPv4Address(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is not an IPv4 address.")
    }
    self = address
  }

  /// Encodes the dotted form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The dotted form.
  public var description: String {
    "\(bits >> 24 & 255).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  /// Orders by number.
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }
}

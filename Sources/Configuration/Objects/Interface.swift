public import Addresses

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

  /// The IPv4 network; nil for an interface without an IPv4 address.
  public var ipv4Network: IPv4Network? {
    address.flatMap { IPv4Network(containing: $0, prefixLength: prefixLength) }
  }

  /// Address and network, as `192.168.42.42/24`.
  public var network: String {
    address.map { "\($0)/\(prefixLength)" } ?? ipv6 ?? "no address"
  }
}

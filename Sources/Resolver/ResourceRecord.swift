public import Addresses

/// One record of a zone (RFC 1035 §3.2.1).
public struct ResourceRecord: Hashable, Sendable {
  /// The name to which it belongs.
  public let owner: DomainName
  /// Seconds for which it may be kept.
  public let ttl: UInt32
  /// What it says.
  public let data: RecordData
  /// What a validating resolver would find out about it.
  public let security: RecordSecurity

  /// Makes a record.
  public init(owner: DomainName, ttl: UInt32, data: RecordData, security: RecordSecurity) {
    self.owner = owner
    self.ttl = ttl
    self.data = data
    self.security = security
  }
}

/// What DNSSEC says of a record (RFC 4035 §4.3).
public enum RecordSecurity: String, Hashable, Sendable {
  case secure, insecure, bogus
}

/// The types of record that a zone may hold.
public enum RecordType: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case aaaa = "AAAA"
  case cname = "CNAME"
  case mx = "MX"
  case ns = "NS"
  case ptr = "PTR"
  case soa = "SOA"
  case tlsa = "TLSA"
  case txt = "TXT"
}

/// The data of a record, by its type.
public enum RecordData: Hashable, Sendable {
  /// An IPv4 address.
  case a(IPv4Address)
  /// An IPv6 address.
  case aaaa(IPv6Address)
  /// The name for which the owner is an alias.
  case cname(DomainName)
  /// A mail exchanger; lower preference is tried first.
  case mx(preference: UInt16, exchanger: DomainName)
  /// A name server.
  case ns(DomainName)
  /// The name of an address.
  case ptr(DomainName)
  /// The start of a zone.
  case soa(StartOfAuthority)
  /// A certificate or key that TLS must show.
  case tlsa(TLSARecord)
  /// Text, each string at most 255 bytes.
  case txt([String])

  /// The record's type.
  public var type: RecordType {
    switch self {
    case .a: .a
    case .aaaa: .aaaa
    case .cname: .cname
    case .mx: .mx
    case .ns: .ns
    case .ptr: .ptr
    case .soa: .soa
    case .tlsa: .tlsa
    case .txt: .txt
    }
  }
}

/// The data of an SOA record; times in seconds (RFC 1035 §3.3.13).
public struct StartOfAuthority: Hashable, Sendable {
  /// The primary server.
  public let server: DomainName
  /// The mailbox of the person in charge, its `@` written as a dot.
  public let mailbox: DomainName
  /// The version.
  public let serial: UInt32
  /// How often a secondary looks for a new version.
  public let refresh: UInt32
  /// How soon it tries again after a failure.
  public let retry: UInt32
  /// When it stops answering.
  public let expire: UInt32
  /// For how long "no such name" may be kept.
  public let minimum: UInt32

  /// Makes the data.
  public init(
    server: DomainName, mailbox: DomainName, serial: UInt32, refresh: UInt32, retry: UInt32,
    expire: UInt32, minimum: UInt32
  ) {
    self.server = server
    self.mailbox = mailbox
    self.serial = serial
    self.refresh = refresh
    self.retry = retry
    self.expire = expire
    self.minimum = minimum
  }
}

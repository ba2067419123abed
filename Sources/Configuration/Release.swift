/// An AsyncOS release as a set of facts; commands ask for facts and never compare versions.
public struct Release: Hashable, Sendable {
  /// The number by which an appliance is made: `11.0`, `14.2`, `16.0`.
  public let name: String
  /// The full version, such as `14.2.0`.
  public let version: String
  /// The build number, three digits.
  public let build: String
  /// Version and build, such as `14.2.0-620`.
  public var versionAndBuild: String { "\(version)-\(build)" }
  /// RSA key sizes that `certconfig` > NEW offers, in bits.
  public let keySizes: [Int]
  /// The offered size that an empty answer takes, in bits.
  public let defaultKeySize: Int
  /// Whether an import asks for a check of fully qualified names.
  public let asksForFQDNCheck: Bool
  /// Whether a new certificate carries its common name as a DNS name too.
  public let addsCommonNameAsDNSName: Bool
  /// Whether an import takes PKCS#12 files with PBES2 encryption.
  public let acceptsModernPKCS12: Bool
  /// Whether `commit` asks to keep the configuration for rollback.
  public let asksForRollback: Bool
  /// Whether `saveconfig` offers passphrases in plain text.
  public let offersPlainPassphrases: Bool
  /// Whether `certconfig` warns while the demonstration certificate is the only one.
  public let warnsOfDemoOnly: Bool
  /// The group that is let through unexamined.
  public let allowedGroupName: String
  /// The group that is refused.
  public let blockedGroupName: String
  /// What is done, in one word, with URLs that are let through.
  public let allowingWord: String
  /// The word that empties a host access table.
  public let hostAccessClearWord: String
  /// TLS methods that `sslconfig` offers and this engine has.
  public let tlsVersions: [TLSVersion]
  /// Methods that `sslconfig` offers and this engine lacks.
  public let absentSSLMethods: [String]
  /// The factory's oldest method.
  public let factoryMinimumTLS: TLSVersion
  /// The factory's newest method.
  public let factoryMaximumTLS: TLSVersion
  /// Whether OpenSSL's errors are logged in the form of OpenSSL 1.0.
  public let logsOldOpenSSLErrors: Bool
  /// Whether the mail log puts subjects between apostrophes and not quotation marks.
  public let quotesSubjectsSingly: Bool
  /// Whether deliveries write `IP:` without a blank, and name the address where TLS was required.
  public let logsOldDeliveryLines: Bool
  /// Whether deliveries tell the MX host's name in SNI.
  public let sendsServerName: Bool
  /// Whether `dlpconfig` can be given a certificate.
  public let hasEnterpriseManager: Bool
  /// Whether `destconfig` knows DANE (RFC 7672).
  public let hasDANE: Bool

  /// AsyncOS 11.0.0 build 274.
  public static let release11 = Release(
    name: "11.0", version: "11.0.0", build: "274",
    keySizes: [1024, 2048], defaultKeySize: 2048,
    asksForFQDNCheck: false, addsCommonNameAsDNSName: false, acceptsModernPKCS12: false,
    asksForRollback: false, offersPlainPassphrases: true, warnsOfDemoOnly: false,
    allowedGroupName: "WHITELIST", blockedGroupName: "BLACKLIST", allowingWord: "whitelist",
    hostAccessClearWord: "CLEAR",
    tlsVersions: [.tls10, .tls11, .tls12], absentSSLMethods: ["SSL v2", "SSL v3"],
    factoryMinimumTLS: .tls11, factoryMaximumTLS: .tls12,
    logsOldOpenSSLErrors: true, quotesSubjectsSingly: true, logsOldDeliveryLines: true,
    sendsServerName: false, hasEnterpriseManager: true, hasDANE: false)

  /// AsyncOS 14.2.0 build 620, the default.
  public static let release14 = Release(
    name: "14.2", version: "14.2.0", build: "620",
    keySizes: [1024, 2048], defaultKeySize: 2048,
    asksForFQDNCheck: true, addsCommonNameAsDNSName: false, acceptsModernPKCS12: true,
    asksForRollback: true, offersPlainPassphrases: false, warnsOfDemoOnly: false,
    allowedGroupName: "ALLOWED_LIST", blockedGroupName: "BLOCKED_LIST",
    allowingWord: "allowlist", hostAccessClearWord: "RESET",
    tlsVersions: [.tls10, .tls11, .tls12], absentSSLMethods: [],
    factoryMinimumTLS: .tls11, factoryMaximumTLS: .tls12,
    logsOldOpenSSLErrors: true, quotesSubjectsSingly: false, logsOldDeliveryLines: false,
    sendsServerName: true, hasEnterpriseManager: false, hasDANE: true)

  /// AsyncOS 16.0.3 build 044.
  public static let release16 = Release(
    name: "16.0", version: "16.0.3", build: "044",
    keySizes: [2048, 3072, 4096], defaultKeySize: 2048,
    asksForFQDNCheck: true, addsCommonNameAsDNSName: true, acceptsModernPKCS12: true,
    asksForRollback: true, offersPlainPassphrases: false, warnsOfDemoOnly: true,
    allowedGroupName: "ALLOWED_LIST", blockedGroupName: "BLOCKED_LIST",
    allowingWord: "allowlist", hostAccessClearWord: "RESET",
    tlsVersions: [.tls10, .tls11, .tls12, .tls13], absentSSLMethods: [],
    factoryMinimumTLS: .tls12, factoryMaximumTLS: .tls13,
    logsOldOpenSSLErrors: false, quotesSubjectsSingly: false, logsOldDeliveryLines: false,
    sendsServerName: true, hasEnterpriseManager: false, hasDANE: true)

  /// All releases, oldest first.
  public static let all = [release11, release14, release16]

  /// The release of this name, or nil.
  public static func named(_ name: String) -> Release? { all.first { $0.name == name } }
}

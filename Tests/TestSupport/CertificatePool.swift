public import Configuration
public import Foundation
public import PKI

/// Keys and certificates for unit tests, made once in the life of the test process.
public struct CertificatePool: Sendable {
  /// RSA keys of 2048 bits, which are slow to make.
  public let rsaKeys: [PrivateKey]
  /// ECDSA keys.
  public let p256Keys: [PrivateKey]

  private static let made = Task { try await CertificatePool() }

  /// The pool; the first caller waits until it is made.
  public static var shared: CertificatePool {
    get async throws { try await made.value }
  }

  private init() async throws {
    var rsaKeys: [PrivateKey] = []
    for _ in 0..<2 { rsaKeys.append(try await .generate(.rsa(bits: 2048))) }
    self.rsaKeys = rsaKeys
    var p256Keys: [PrivateKey] = []
    for _ in 0..<4 { p256Keys.append(try await .generate(.p256)) }
    self.p256Keys = p256Keys
  }

  /// A key of the wanted kind; the same number gives the same key, numbers beyond the pool wrap.
  public func key(_ algorithm: KeyAlgorithm, _ number: Int = 0) -> PrivateKey {
    let keys = if case .p256 = algorithm { p256Keys } else { rsaKeys }
    return keys[number % keys.count]
  }

  /// A self-signed certificate of a key, valid for ten years from `Date.testMoment` on; ECDSA signs
  /// differently each time, so compare with the one that you kept.
  ///
  /// - Parameter serial: 1 to 255; certificates of one name and key differ by it.
  public func certificate(
    _ commonName: String, key: PrivateKey, serial: UInt8 = 1
  ) throws -> Certificate {
    try Certificate.selfSigned(
      subject: DistinguishedName(commonName: commonName, organization: "Lab"), key: key,
      notBefore: .testMoment, days: 3650, serialNumber: [serial])
  }

  /// A profile whose key, certificate and request belong together.
  ///
  /// - Parameters:
  ///   - number: picks one of the ECDSA keys.
  ///   - intermediates: how many unrelated certificates follow the first.
  public func profile(
    _ commonName: String, key number: Int = 0, purpose: CertificateProfile.Purpose = .tls,
    intermediates: Int = 0
  ) throws -> CertificateProfile {
    let key = key(.p256, number)
    return CertificateProfile(
      purpose: purpose, certificate: try certificate(commonName, key: key),
      key: Secret(bytes: key.pkcs8DER),
      intermediates: try (0..<intermediates).map {
        try certificate("Intermediate \($0)", key: self.key(.p256, number + 1 + $0))
      },
      request: try CertificateRequest(
        subject: DistinguishedName(commonName: commonName, organization: "Lab"), key: key))
  }
}

extension Date {
  /// Tue Nov 24 18:00:12 2026 GMT, the present of the tests.
  public static let testMoment = Date(timeIntervalSince1970: 1_795_543_212)
}

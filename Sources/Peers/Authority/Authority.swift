public import Foundation
public import PKI

/// The lab's certificate authority: two roots and two intermediates, as a commercial one has them
/// a while after a renewal.
///
/// Learners import `root`. It certified both intermediates; the former root certified the new one
/// too (a cross-sign), for clients that do not know the root yet.
public struct Authority: Sendable {
  /// Which intermediate signs.
  public enum Intermediate: String, CaseIterable, Sendable {
    /// The one before the renewal.
    case old
    /// The one that signs today.
    case new
  }

  /// Makes serial numbers: 1 to 20 bytes, positive, each but once.
  public typealias SerialNumbers = @Sendable () -> [UInt8]

  /// The root that clients trust.
  public let root: CertificateIssuer
  /// The root from before, which only old clients trust.
  public let formerRoot: CertificateIssuer
  /// The intermediate from before the renewal.
  public let oldIntermediate: CertificateIssuer
  /// The present intermediate.
  public let newIntermediate: CertificateIssuer
  /// The new intermediate's name and key, certified by the former root.
  public let crossSign: Certificate
  private let serialNumber: SerialNumbers

  /// Puts together what was made before.
  public init(
    root: CertificateIssuer, formerRoot: CertificateIssuer, oldIntermediate: CertificateIssuer,
    newIntermediate: CertificateIssuer, crossSign: Certificate,
    serialNumber: @escaping SerialNumbers = Authority.randomSerialNumber
  ) {
    self.root = root
    self.formerRoot = formerRoot
    self.oldIntermediate = oldIntermediate
    self.newIntermediate = newIntermediate
    self.crossSign = crossSign
    self.serialNumber = serialNumber
  }

  /// Makes a new authority, whose certificates began to be valid a year or more ago, so that it
  /// can issue some that have expired.
  ///
  /// - Parameters:
  ///   - now: the present.
  ///   - algorithm: the kind of all its keys.
  ///   - serialNumber: where serial numbers come from.
  /// - Throws: `PKIError`.
  public init(
    at now: Date, algorithm: KeyAlgorithm = .p256,
    serialNumber: @escaping SerialNumbers = Authority.randomSerialNumber
  ) async throws {
    let root = try await Self.makeRoot("Lab Root CA", now.days(-1000), algorithm, serialNumber)
    let formerRoot = try await Self.makeRoot(
      "Lab Root CA (former)", now.days(-3000), algorithm, serialNumber)
    let old = try await PrivateKey.generate(algorithm)
    let new = try await PrivateKey.generate(algorithm)
    func certify(_ name: String, _ key: PrivateKey, by issuer: CertificateIssuer, from start: Date)
      throws -> Certificate
    {
      let template = CertificateTemplate(
        subject: Self.name(name), notBefore: start, notAfter: now.days(3000), isAuthority: true)
      return try issuer.certify(template, key: key, serialNumber: serialNumber())
    }
    let (oldName, newName) = ("Lab Issuing CA 1", "Lab Issuing CA 2")
    self.init(
      root: root, formerRoot: formerRoot,
      oldIntermediate: CertificateIssuer(
        certificate: try certify(oldName, old, by: root, from: now.days(-900)), key: old),
      newIntermediate: CertificateIssuer(
        certificate: try certify(newName, new, by: root, from: now.days(-500)), key: new),
      crossSign: try certify(newName, new, by: formerRoot, from: now.days(-500)),
      serialNumber: serialNumber)
  }

  /// An intermediate with its key.
  public func issuer(_ intermediate: Intermediate) -> CertificateIssuer {
    switch intermediate {
    case .old: oldIntermediate
    case .new: newIntermediate
    }
  }

  /// Certifies a key.
  ///
  /// - Parameters:
  ///   - template: what the certificate says.
  ///   - key: the key whose public half it holds.
  ///   - intermediate: who signs.
  /// - Throws: `PKIError` for a name that cannot stand in a certificate.
  public func certify(
    _ template: CertificateTemplate, key: PrivateKey, by intermediate: Intermediate = .new
  ) throws -> Certificate {
    try issuer(intermediate).certify(template, key: key, serialNumber: serialNumber())
  }

  /// The new intermediate's name and key as the root certified them at first, until yesterday.
  ///
  /// - Throws: `PKIError`.
  func expiredIntermediate(at now: Date) throws -> Certificate {
    let template = CertificateTemplate(
      subject: newIntermediate.certificate.subject, notBefore: now.days(-731),
      notAfter: now.days(-1), isAuthority: true)
    return try root.certify(template, key: newIntermediate.key, serialNumber: serialNumber())
  }

  /// Answers a signing request: its key, and what the template says.
  ///
  /// - Throws: `PKIError`, also when the request's own signature does not hold.
  public func certify(
    _ template: CertificateTemplate, request: CertificateRequest,
    by intermediate: Intermediate = .new
  ) throws -> Certificate {
    try issuer(intermediate).certify(template, request: request, serialNumber: serialNumber())
  }

  /// Makes a certificate that its own key signs and no authority stands behind.
  ///
  /// - Throws: `PKIError` for a name that cannot stand in a certificate.
  public func selfSigned(_ template: CertificateTemplate, key: PrivateKey) throws -> Certificate {
    let days = template.notAfter.timeIntervalSince(template.notBefore) / 86_400
    return try Certificate.selfSigned(
      subject: template.subject, key: key, dnsNames: template.dnsNames,
      purposes: template.purposes, notBefore: template.notBefore, days: Int(days),
      serialNumber: serialNumber())
  }

  /// Sixteen random bytes with the top bit clear, so that the number is positive.
  @Sendable public static func randomSerialNumber() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    bytes[0] = bytes[0] & 0x7F | 0x40
    return bytes
  }

  private static func makeRoot(
    _ name: String, _ start: Date, _ algorithm: KeyAlgorithm, _ serialNumber: SerialNumbers
  ) async throws -> CertificateIssuer {
    try CertificateIssuer(
      root: CertificateTemplate(
        subject: Self.name(name), notBefore: start, notAfter: start.days(7300), isAuthority: true),
      key: await .generate(algorithm), serialNumber: serialNumber())
  }

  private static func name(_ commonName: String) -> DistinguishedName {
    DistinguishedName(commonName: commonName, organization: "Lab Trust", country: "US")
  }
}

extension CertificateTemplate {
  /// What a host's certificate usually says: its name twice, good for a year, for both sides of
  /// TLS.
  ///
  /// - Parameters:
  ///   - name: the host's name.
  ///   - now: the present; the certificate began to be valid an hour ago.
  public static func host(_ name: String, at now: Date) -> CertificateTemplate {
    CertificateTemplate(
      subject: DistinguishedName(commonName: name, organization: "Lab"), dnsNames: [name],
      notBefore: now.addingTimeInterval(-3600), notAfter: now.days(365), purposes: .tls)
  }
}

extension Date {
  /// So many days later.
  func days(_ count: Int) -> Date { addingTimeInterval(TimeInterval(count) * 86_400) }
}

public import FoundationEssentials
public import PKI

/// A root, its intermediate, and what that issued; the certificates are named by what is to become
/// of them, and so are their files.
///
/// All are valid from 2026 to 2035 unless they say otherwise, so at `Date.testMoment` too.
public struct IssuedCertificates: Sendable {
  /// A certificate, with its key.
  public struct Issued: Sendable {
    /// The certificate.
    public let certificate: Certificate
    /// Its key.
    public let key: PrivateKey
  }

  /// What makes a certificate good or bad.
  public enum Verdict: String, Sendable, CaseIterable {
    case good, expired, future, clientOnly = "client-only", serverOnly = "server-only", revoked
  }

  private static let made = Task { try await IssuedCertificates() }

  /// The certificates; the first caller waits until they are made.
  public static var shared: IssuedCertificates { get async throws { try await made.value } }

  /// The name that all of them bear.
  public static let name = "mx1.partner.example"

  /// The root.
  public let root: Certificate
  /// The root's intermediate, which issued the others.
  public let intermediate: Certificate
  /// The lists of root and intermediate, in PEM.
  public let revocationLists: [String]
  /// The folder with `root.pem`, `sub.pem`, `crls.pem` and VERDICT.pem, VERDICT.key.
  public let folder: TemporaryDirectory
  private let issued: [Verdict: Issued]

  private init() async throws {
    let start = Self.date(year: 2026)
    let end = Self.date(year: 2035)
    func authority(_ name: String) -> CertificateTemplate {
      CertificateTemplate(
        subject: DistinguishedName(commonName: name, organization: "Lab"), notBefore: start,
        notAfter: end, isAuthority: true)
    }
    let root = try await CertificateIssuer(
      root: authority("Lab Root"), key: .generate(.p256), serialNumber: [1])
    let key = try await PrivateKey.generate(.p256)
    let sub = try CertificateIssuer(
      certificate: root.certify(authority("Lab Sub CA"), key: key, serialNumber: [2]), key: key)
    var issued: [Verdict: Issued] = [:]
    for (number, verdict) in Verdict.allCases.enumerated() {
      let key = try await PrivateKey.generate(.p256)
      let template = CertificateTemplate(
        subject: DistinguishedName(commonName: Self.name, organization: "Lab"),
        dnsNames: [Self.name],
        notBefore: verdict == .future ? Self.date(year: 2034) : start,
        notAfter: verdict == .expired ? start.addingTimeInterval(86_400) : end,
        purposes: verdict.purposes)
      issued[verdict] = Issued(
        certificate: try sub.certify(template, key: key, serialNumber: [10 + UInt8(number)]),
        key: key)
    }
    let revoked = issued[.revoked].map {
      RevokedCertificate(serialNumber: $0.certificate.serialNumber, date: start)
    }
    revocationLists = try [
      root.revocationList([], number: 1, thisUpdate: start, nextUpdate: end),
      sub.revocationList(
        [revoked].compactMap(\.self), number: 1, thisUpdate: start, nextUpdate: end),
    ]
    self.root = root.certificate
    intermediate = sub.certificate
    self.issued = issued
    folder = try TemporaryDirectory()
    try writeFiles()
  }

  /// What was issued under a verdict.
  public subscript(verdict: Verdict) -> Issued {
    guard let issued = issued[verdict] else { preconditionFailure("All verdicts are issued.") }
    return issued
  }

  private func writeFiles() throws {
    try folder.write(Array(root.pem.utf8), to: "root.pem")
    try folder.write(Array(intermediate.pem.utf8), to: "sub.pem")
    try folder.write(Array(revocationLists.joined().utf8), to: "crls.pem")
    for (verdict, issued) in issued {
      try folder.write(Array(issued.certificate.pem.utf8), to: "\(verdict.rawValue).pem")
      try folder.write(Array(issued.key.pem.utf8), to: "\(verdict.rawValue).key")
    }
  }

  /// A list by an authority of another key, whatever its name.
  ///
  /// - Parameter name: the authority's common name.
  public static func foreignList(of name: String, thisUpdate: Date, nextUpdate: Date) async throws
    -> String
  {
    let template = CertificateTemplate(
      subject: DistinguishedName(commonName: name, organization: "Lab"),
      notBefore: date(year: 2026), notAfter: date(year: 2035), isAuthority: true)
    return try await CertificateIssuer(root: template, key: .generate(.p256), serialNumber: [9])
      .revocationList([], number: 2, thisUpdate: thisUpdate, nextUpdate: nextUpdate)
  }

  /// The first second of a year.
  public static func date(year: Int) -> Date {
    let days = 365 * (year - 1970) + (year - 1969) / 4
    return Date(timeIntervalSince1970: Double(days) * 86_400)
  }
}

extension IssuedCertificates.Verdict {
  fileprivate var purposes: CertificatePurposes {
    switch self {
    case .clientOnly: .clientAuthentication
    case .serverOnly: .serverAuthentication
    default: .tls
    }
  }
}

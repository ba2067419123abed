import PKI
import TLS

extension SenderTLS {
  /// The versions that `limit(toVersion:)` knows, as users write them.
  public static let versionNames = ["1.0", "1.1", "1.2", "1.3"]

  /// Allows one version only.
  ///
  /// - Throws: `PeerError` for a version that there is not.
  public mutating func limit(toVersion name: String) throws(PeerError) {
    guard let index = Self.versionNames.firstIndex(of: name) else {
      let names = Self.versionNames.joined(separator: ", ")
      throw PeerError("There is no TLS \(name); there are \(names).")
    }
    let version = ProtocolVersion.allCases[index]
    versions = version...version
  }

  /// Has the sender show the certificate of a PEM text: the one that fits the key in it; the others
  /// are sent after it, in their order.
  ///
  /// - Throws: `PKIError` or `PeerError` when there is no certificate and key that fit.
  public mutating func show(pem text: String) throws {
    let container = try PEMContainer(text: text)
    let key = try container.requirePrivateKey()
    var certificates = try container.requireCertificates()
    guard let index = certificates.firstIndex(where: key.fits) else {
      throw PeerError("No certificate of the file fits its private key.")
    }
    let certificate = certificates.remove(at: index)
    identity = TLSIdentity(certificate: certificate, intermediates: certificates, key: key)
  }

  /// Has the sender show a certificate that the lab's authority issues to a host.
  ///
  /// - Throws: `PKIError` or `PeerError` when the authority cannot be used.
  public mutating func show(certificateFor host: String, in lab: PeerLab) async throws {
    let now = lab.calendar()
    let authority = try await lab.authority.open(at: now)
    let key = try await lab.authority.key(of: host)
    identity = TLSIdentity(
      certificate: try authority.certify(.host(host, at: now), key: key),
      intermediates: [authority.newIntermediate.certificate], key: key)
  }
}

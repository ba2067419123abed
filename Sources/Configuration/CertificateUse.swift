/// One service that presents a certificate (G6).
public struct CertificateUse: Hashable, Sendable {
  /// The service as a list shows it.
  public let service: String
  /// The profile's name.
  public let certificate: String
}

extension Configuration {
  /// Every service with the certificate that it presents, in the order of `certconfig` > PRINT.
  public var certificateUses: [CertificateUse] {
    var uses: [CertificateUse] = []
    func add(_ service: String, _ certificate: String?) {
      guard let certificate else { return }
      uses.append(CertificateUse(service: service, certificate: certificate))
    }
    for (name, listener) in listeners.all {
      add("Listener \(name)", listener.certificate)
    }
    add("Outbound (delivery)", outbound.certificate)
    for (name, interface) in interfaces.all where interface.https != nil {
      add("HTTPS \(name)", interface.httpsCertificate)
    }
    add("LDAPS", ldap.certificate)
    add("URL Filtering", urlFiltering.certificate)
    add("DLP", dlp.certificate)
    add("Threat Grid", amp.certificate)
    return uses
  }

  /// The services that present this profile.
  public func services(using certificate: String) -> [String] {
    certificateUses.filter { $0.certificate == certificate }.map(\.service)
  }
}

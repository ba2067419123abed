/// One service that presents a certificate (G6).
public struct CertificateUse: Hashable, Sendable {
  /// The service as a list shows it.
  public let service: String
  /// The object that holds the assignment.
  public let holder: ObjectKey
  /// The profile's name.
  public let certificate: String
}

extension Configuration {
  /// Every service with the certificate that it presents, in the order of `certconfig` > PRINT.
  public var certificateUses: [CertificateUse] {
    var uses: [CertificateUse] = []
    func add(_ service: String, _ kind: ObjectKind, _ name: String = "", _ certificate: String?) {
      guard let certificate else { return }
      uses.append(
        CertificateUse(
          service: service, holder: ObjectKey(kind: kind, name: name), certificate: certificate))
    }
    for (name, listener) in listeners.all {
      add("Listener \(name)", .listener, name, listener.certificate)
    }
    add("Outbound (delivery)", .outbound, "", outbound.certificate)
    for (name, interface) in interfaces.all where interface.https != nil {
      add("HTTPS \(name)", .interface, name, interface.httpsCertificate)
    }
    add("LDAPS", .ldap, "", ldap.certificate)
    add("URL Filtering", .urlFiltering, "", urlFiltering.certificate)
    add("DLP", .dlp, "", dlp.certificate)
    add("Threat Grid", .amp, "", amp.certificate)
    return uses
  }

  /// The services that present this profile.
  public func services(using certificate: String) -> [String] {
    certificateUses.filter { $0.certificate == certificate }.map(\.service)
  }
}

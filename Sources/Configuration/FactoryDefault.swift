import Addresses

extension Configuration {
  /// The configuration of a fresh appliance.
  ///
  /// - Parameters:
  ///   - release: decides group names and TLS methods.
  ///   - demo: the demonstration certificate, made once with the appliance (G8).
  public static func factory(release: Release, demo: CertificateProfile) -> Configuration {
    var configuration = Configuration()
    for kind in ObjectKind.allCases {
      if let type = kind.type as? any SingletonValue.Type {
        configuration[ObjectKey(kind: kind)] = type.init()
      }
    }
    let hostName = configuration.system.hostName
    configuration.certificates[CertificateProfile.demoName] = demo
    configuration.interfaces["Management"] = Interface(
      address: IPv4Address(bits: 0xC0A8_2A2A), ethernet: "Management", hostName: hostName,
      ssh: 22, https: 443)
    configuration.interfaces["Data 1"] = Interface(
      address: IPv4Address(bits: 0xC0A8_0101), ethernet: "Data 1", hostName: hostName)
    configuration.listeners["IncomingMail"] = Listener(
      role: .public, interface: "Data 1", hostAccess: .factory(release: release),
      recipientAccess: [
        RecipientRule(pattern: "example.com", isAccepted: true),
        RecipientRule(pattern: ".example.com", isAccepted: true),
        RecipientRule(pattern: "ALL", isAccepted: false),
      ])
    configuration.routes["example.com"] = Route(hosts: [.init(host: "192.168.1.50")])
    configuration.users[User.adminName] = User(fullName: "Administrator", role: .administrator)
    configuration.ssl = SSLSettings(release: release)
    return configuration
  }
}

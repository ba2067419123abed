import Addresses
import Configuration
import PKI
import TestSupport
import Testing

@Suite("A file saved under one release loads under another") struct ReleaseTests {
  let pool: CertificatePool

  init() async throws { pool = try await .shared }

  static let pairs = Release.all.flatMap { from in
    Release.all.filter { $0 != from }.map { (from, $0) }
  }

  @Test("each object comes back, but for what the release does not know", arguments: pairs)
  func everyKind(_ from: Release, _ to: Release) throws {
    let saved = try everyKind(of: from)
    try saved.verify()
    let loaded = try SavedConfiguration.load(file(saved, release: from), for: to)
    try loaded.configuration.verify()
    #expect(loaded.unknownElements == [])
    let losesTLS = from.factoryMaximumTLS > to.factoryMaximumTLS
    let losesDANE = from.hasDANE && !to.hasDANE
    let losesDLP = from.hasEnterpriseManager && !to.hasEnterpriseManager
    let changed = loaded.configuration.changes(since: saved).map(\.key.description)
    #expect(
      Set(changed)
        == Set(
          (losesTLS ? ["ssl"] : []) + (losesDANE ? ["outbound", "destination/dane.example"] : [])
            + (losesDLP ? ["dlp"] : [])))
    let lostTLS = ["GUI HTTPS", "Inbound SMTP", "Outbound SMTP"].map { service in
      "\(service) has TLS v1.2 in place of TLS v1.2 to TLS v1.3, which this release does not offer."
    }
    let lostDANE = ["The default destination", "The destination dane.example"].map { destination in
      "\(destination) is delivered to without DANE, which this release does not know."
    }
    let lostDLP = [
      "DLP has no certificate in place of \"mail.example.com\": this release has no such service."
    ]
    #expect(
      loaded.adaptations == (losesTLS ? lostTLS : []) + (losesDANE ? lostDANE : [])
        + (losesDLP ? lostDLP : []))
    #expect(loaded.configuration.destinations["dane.example"]?.tls == .requiredVerify)
    // Group names are names, whichever release gave them.
    let groups = loaded.configuration.listeners["IncomingMail"]?.hostAccess.groups.map(\.name)
    #expect(groups?.contains(from.allowedGroupName) == true)
    // The way back changes nothing more.
    let back = try SavedConfiguration.load(file(loaded.configuration, release: to), for: from)
    #expect(back.configuration == loaded.configuration && back.adaptations == [])
  }

  @Test("under its own release it comes back whole", arguments: Release.all)
  func ownRelease(_ release: Release) throws {
    let saved = try everyKind(of: release)
    #expect(Set(saved.objects.keys.map(\.kind)) == Set(ObjectKind.allCases))
    for kind in ObjectKind.allCases where kind.isSingleton {
      if kind == .dlp && !release.hasEnterpriseManager { continue }
      let factory = try Configuration.factory(release: release, pool: pool)
      let key = ObjectKey(kind: kind)
      #expect(saved[stored: key] != factory[stored: key], "\(kind) is as the factory has it")
    }
    let loaded = try SavedConfiguration.load(file(saved, release: release), for: release)
    #expect(loaded.configuration == saved && loaded.adaptations == [])
  }

  @Test("what the file lacks is the loading release's factory setting", arguments: Release.all)
  func missingObjects(_ release: Release) throws {
    let loaded = try SavedConfiguration.load(Array("<config/>".utf8), for: release).configuration
    let factory = try Configuration.factory(release: release, pool: pool)
    #expect(loaded.ssl == factory.ssl)
    #expect(loaded.ssl.outbound.maximum == release.factoryMaximumTLS)
    for kind in ObjectKind.allCases where kind.isSingleton {
      let key = ObjectKey(kind: kind)
      #expect(loaded[stored: key] == factory[stored: key], "\(kind)")
    }
  }

  @Test("TLS 1.3 alone becomes the newest version that there is")
  func onlyTLS13() throws {
    var saved = try Configuration.factory(release: .release16, pool: pool)
    saved.ssl.inbound.minimum = .tls13
    let loaded = try SavedConfiguration.load(file(saved), for: .release14).configuration
    #expect(loaded.ssl.inbound.versions == [.tls12])
    #expect(loaded.ssl.outbound.versions == [.tls12])
  }

  /// A configuration with an object of every kind, none as the factory has it, that breaks no rule
  /// and uses what only its release knows.
  private func everyKind(of release: Release) throws -> Configuration {
    var all = try Configuration.factory(release: release, pool: pool)
    let name = "mail.example.com"
    all.certificates[name] = try pool.profile(name)
    let authority = try pool.certificate("Own Root", key: pool.p256Keys[1])
    all.authorities[authority.sha256] = CertificateAuthority(certificate: authority)
    all.crlSources["own"] = {
      var source = CRLSource()
      source.primary = "http://crl.example.com/ca.crl"
      return source
    }()
    all.interfaces["Data 1"]?.redirectsToHTTPS = true
    all.interfaceGroups["both"] = InterfaceGroup(interfaces: ["Data 1", "Management"])
    all.listeners["IncomingMail"]?.certificate = name
    all.listeners["IncomingMail"]?.hostAccess.defaults.tls = .preferred
    all.destinations["dane.example"] = {
      var destination = Destination()
      destination.tls = .requiredVerify
      destination.dane = release.hasDANE ? .mandatory : nil
      return destination
    }()
    all.routes["partner.example"] = Route(hosts: [.init(host: "10.0.0.1", port: 2525)])
    all.users["ops"] = User(fullName: "Night shift", role: .operator)
    all.system.hostName = "gate.example.com"
    all.network.gateway = IPv4Address(bits: 0xC0A8_0102)
    all.injection.idleTime = 60
    all.delivery.possibleDelivery = true
    all.outbound.certificate = name
    all.outbound.defaults.dane = release.hasDANE ? .opportunistic : .none
    all.authorityLists.isCustomEnabled = true
    all.crlChecks.outbound = true
    all.ssl.outbound.ciphers = "HIGH"
    all.ldap.servers = [
      LDAPServer(name: "directory", hosts: ["ldap.example.com"], base: "dc=example,dc=com")
    ]
    all.alerts.fromAddress = "appliance@example.com"
    all.dns.servers = ["192.168.1.53"]
    all.urlFiltering.isEnabled = true
    all.dlp.certificate = release.hasEnterpriseManager ? name : nil
    all.amp.certificate = name
    all.log.subscriptions[0].maximumFiles = 5
    all.accountPolicy.minimumLength = 12
    all.rollback.isEnabled = false
    return all
  }
}

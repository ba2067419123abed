import Addresses
import Configuration
import Testing
import TestSupport

@Suite("The factory's configuration")
struct FactoryTests {
  let pool: CertificatePool

  init() async throws { pool = try await .shared }

  @Test("has every singleton as an object of its own", arguments: Release.all)
  func singletons(_ release: Release) throws {
    let factory = try Configuration.factory(release: release, pool: pool)
    for kind in ObjectKind.allCases where kind.isSingleton {
      #expect(factory[ObjectKey(kind: kind)] != nil, "\(kind)")
    }
  }

  @Test("is the appliance of the guide")
  func content() throws {
    let factory = try Configuration.factory(pool: pool)
    #expect(factory.system.hostName == "mail.example.com")
    #expect(factory.network.gateway.description == "192.168.1.254")
    #expect(factory.interfaces.all.map(\.value.network) == ["192.168.1.1/24", "192.168.42.42/24"])
    #expect(factory.interfaces["Management"]?.ssh == 22)
    #expect(factory.interfaces["Management"]?.https == 443)
    #expect(factory.listeners.names == ["IncomingMail"])
    #expect(factory.listeners["IncomingMail"]?.interface == "Data 1")
    #expect(factory.listeners["IncomingMail"]?.port == 25)
    #expect(factory.certificates.names == ["Demo"])
    #expect(factory.destinations.count == 0)
    #expect(factory.outbound.defaults.tls == .off)
    #expect(factory.outbound.defaults.maxConnections == 500)
    #expect(factory.delivery.maxConnections == 10000)
    #expect(factory.delivery.maxTLSConnections == 100)
    #expect(factory.routes["example.com"]?.hosts.map(\.host) == ["192.168.1.50"])
    #expect(factory.users.names == ["admin"])
    #expect(factory.authorityLists.isSystemEnabled && !factory.authorityLists.isCustomEnabled)
  }

  @Test("has the TLS methods of its release")
  func methods() throws {
    for (release, range) in [
      (Release.release11, TLSVersion.tls11...TLSVersion.tls12), (.release14, .tls11...(.tls12)),
      (.release16, .tls12...(.tls13)),
    ] {
      let ssl = try Configuration.factory(release: release, pool: pool).ssl
      for service in [ssl.gui, ssl.inbound, ssl.outbound] {
        #expect(service.minimum...service.maximum == range)
        #expect(release.tlsVersions.contains(service.minimum))
        #expect(release.tlsVersions.contains(service.maximum))
      }
    }
  }

  @Test("keys list by kind and name, and read like paths")
  func keys() throws {
    let keys = try Configuration.factory(pool: pool).objects.keys.sorted().map(\.description)
    #expect(
      keys == [
        "system", "network", "interface/Data 1", "interface/Management", "listener/IncomingMail",
        "injection", "delivery", "outbound", "route/example.com", "certificate/Demo",
        "crl_checks", "authority_lists", "ssl",
        "ldap", "alerts", "dns", "url_filtering", "dlp", "amp", "log", "user/admin",
        "account_policy", "rollback",
      ])
  }

  @Test("a table is changed in place, and a copy keeps what it was")
  func valueSemantics() throws {
    let factory = try Configuration.factory(pool: pool)
    var draft = factory
    draft.routes["b.example"] = Route(hosts: [.init(host: "b")])
    draft.routes["example.com"]?.hosts[0].port = 26
    draft.routes["nothing.example"]?.hosts = []
    #expect(draft.routes.names == ["b.example", "example.com"])
    #expect(factory.routes.names == ["example.com"])
    #expect(factory.routes["example.com"]?.hosts[0].port == 25)
    #expect(draft.changes(since: factory).map(\.key.name) == ["b.example", "example.com"])
  }

  @Test("an edit and its undoing leave no difference")
  func editAndUndo() throws {
    let factory = try Configuration.factory(pool: pool)
    var draft = factory
    draft.system.hostName = "a.example.com"
    draft.certificates["new"] = try pool.profile("new")
    #expect(draft != factory)
    draft.system.hostName = "mail.example.com"
    draft.certificates["new"] = nil
    #expect(draft == factory)
    #expect(draft.hashValue == factory.hashValue)
  }
}

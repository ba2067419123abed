import Addresses
import Configuration
import Resolver
import ServiceTLS
import TLS

/// What HTTPS serves: made from a committed configuration, then never changed.
struct WebConfiguration: Sendable {
  /// The HTTPS service of one interface.
  struct Site: Sendable {
    let interface: String
    let endpoint: Endpoint
    let context: TLSContext
    let page: StatusPage
  }

  let sites: [Site]
  let troubles: [String]

  static let empty = WebConfiguration(sites: [], troubles: [])

  private init(sites: [Site], troubles: [String]) {
    self.sites = sites
    self.troubles = troubles
  }

  /// Makes ready what a configuration asks for, away from the caller's actor.
  @concurrent
  static func prepare(_ configuration: Configuration, release: Release, map: AddressMap) async
    -> WebConfiguration
  {
    var sites: [Site] = []
    var troubles: [String] = []
    for (name, interface) in configuration.interfaces.all {
      guard let port = interface.https, let address = interface.address else { continue }
      guard let profile = configuration.certificates[interface.httpsCertificate] else {
        troubles.append(
          "HTTPS of the interface \"\(name)\" has no certificate"
            + " \"\(interface.httpsCertificate)\".")
        continue
      }
      let endpoint = map.endpoint(of: address, port: port)
      do {
        sites.append(
          Site(
            interface: name, endpoint: endpoint,
            context: try TLSContext.server(profile, configuration.ssl.gui),
            page: StatusPage(
              name: name, interface: interface, release: release,
              certificateName: interface.httpsCertificate, profile: profile)))
      } catch {
        troubles.append("HTTPS of the interface \"\(name)\" cannot be offered. \(error)")
      }
    }
    return WebConfiguration(sites: sites, troubles: troubles)
  }
}

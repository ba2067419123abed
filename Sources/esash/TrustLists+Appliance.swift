import Configuration
import ConfigurationStore
import PKI
import Peers
import Reports

extension TrustLists {
  /// By whom the world around an appliance judges certificates: the machine's list, the
  /// appliance's own where it is enabled, and the root of the lab's authority if there is one.
  init(around appliance: Appliance, _ configuration: Configuration) {
    var lists: [(name: String, authorities: [Certificate])] = []
    if let system = try? TrustStore() { lists.append(("the system list", system.authorities)) }
    if configuration.authorityLists.isCustomEnabled {
      lists.append(("the custom list", configuration.authorities.all.map(\.value.certificate)))
    }
    let lab = AuthorityFolder("\(appliance.networkFolder)/ca")
    if let authority = try? lab.openExisting() {
      lists.append(("the lab", [authority.root.certificate]))
    }
    self.init(lists)
  }
}

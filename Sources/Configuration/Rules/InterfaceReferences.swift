// Who refers to an interface: what keeps it from being deleted, and what a new name must reach.
extension Configuration {
  /// What uses an interface, as a list for people; empty when nothing does.
  public func uses(ofInterface name: String) -> [String] {
    listeners.all.filter { $0.value.interface == name }.map { "Listener \($0.name)" }
      + (delivery.interface == name ? ["Delivery"] : [])
      + (ldap.interface == name ? ["LDAP"] : [])
      + interfaceGroups.all.filter { $0.value.interfaces.contains(name) }.map { "Group \($0.name)" }
  }

  /// Whether neither an interface nor a group has this name, in whatever case.
  public func isFree(interfaceName name: String) -> Bool {
    !(interfaces.names + interfaceGroups.names).contains { $0.lowercased() == name.lowercased() }
  }

  /// Gives an interface another name, everywhere.
  public mutating func renameInterface(_ old: String, to new: String) {
    guard old != new, let interface = interfaces[old] else { return }
    interfaces[old] = nil
    interfaces[new] = interface
    for (name, listener) in listeners.all where listener.interface == old {
      listeners[name]?.interface = new
    }
    if delivery.interface == old { delivery.interface = new }
    if ldap.interface == old { ldap.interface = new }
    for (name, group) in interfaceGroups.all where group.interfaces.contains(old) {
      interfaceGroups[name]?.interfaces = group.interfaces.map { $0 == old ? new : $0 }
    }
  }

  /// Groups have members, each of which exists, and no interface's name.
  func verifyInterfaceGroups() throws(ConfigurationError) {
    for (name, group) in interfaceGroups.all {
      guard interfaces[name] == nil else {
        throw ConfigurationError("An interface and a group have the same name \"\(name)\".")
      }
      guard !group.interfaces.isEmpty else {
        throw ConfigurationError("The interface group \"\(name)\" has no interfaces.")
      }
      for member in group.interfaces where interfaces[member] == nil {
        throw ConfigurationError(
          "The group \"\(name)\" has the interface \"\(member.printable)\", which does not exist.")
      }
    }
  }
}

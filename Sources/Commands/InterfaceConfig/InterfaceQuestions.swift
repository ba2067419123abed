import Addresses
import Configuration
import Dialogue

/// The questions about one interface, for NEW and EDIT alike.
struct InterfaceQuestions {
  let context: CommandContext
  var c: Conversation { context.conversation }

  /// The Ethernet ports of the appliance.
  private static let ports = ["Data 1", "Data 2", "Management"]

  func ask(of present: Interface, isNew: Bool) async throws -> Interface {
    var interface = present
    try await askIPv4(&interface, isNew: isNew)
    try await askIPv6(&interface)
    guard interface.address != nil || interface.ipv6 != nil else {
      throw OperationFailed("An interface needs an IPv4 or an IPv6 address.")
    }
    interface.ethernet = try await c.choose(
      "Ethernet interface:", from: Self.ports.map { Choice($0, $0) },
      default: (Self.ports.firstIndex(of: present.ethernet) ?? 0) + 1)
    interface.hostName = try await c.ask(
      "Hostname:", as: HostName.self, default: isNew ? nil : HostName(present.hostName)
    ).text
    interface.ssh = try await askPort("SSH", usual: 22, present: present.ssh)
    interface.http = try await askPort("HTTP", usual: 80, present: present.http)
    try await askHTTPS(&interface, isNew: isNew)
    if interface.http != nil, interface.https != nil {
      let hadBoth = present.http != nil && present.https != nil
      interface.redirectsToHTTPS = try await c.confirm(
        "Both HTTP and HTTPS are enabled for this interface, should HTTP requests redirect\n"
          + "to the secure service?", default: hadBoth ? present.redirectsToHTTPS : true)
    }
    return interface
  }

  private func askIPv4(_ interface: inout Interface, isNew: Bool) async throws {
    guard
      try await c.confirm(
        "Would you like to configure an IPv4 address for this interface (y/n)?",
        default: isNew || interface.address != nil)
    else {
      interface.address = nil
      return
    }
    let address = try await c.ask(
      "IPv4 Address (Ex: 192.168.1.2 ):", as: HostAddress.self,
      default: interface.address.map { HostAddress($0) }
    ).address
    let mask = try await c.ask(
      "Netmask (Ex: \"24\", \"255.255.255.0\" or \"0xffffff00\"):", as: Netmask.self,
      default: Netmask(prefixLength: interface.prefixLength))
    let network = IPv4Network(containing: address, prefixLength: mask.prefixLength)
    guard network?.isHost(address) == true else {
      throw OperationFailed(
        "\(address) with the prefix length \(mask.prefixLength) is no host's address: it stands for"
          + " the network or for all of its hosts.")
    }
    interface.address = address
    interface.prefixLength = mask.prefixLength
  }

  private func askIPv6(_ interface: inout Interface) async throws {
    let present = interface.ipv6.flatMap { IPv6Network($0) }
    guard
      try await c.confirm(
        "Would you like to configure an IPv6 address for this interface (y/n)?",
        default: present != nil)
    else {
      interface.ipv6 = nil
      return
    }
    let address = try await c.ask(
      "IPv6 Address (Ex: 2001:db8::2 ):", as: IPv6HostAddress.self,
      default: present.map { IPv6HostAddress($0.address) }
    ).address
    let length = try await c.ask(
      "Prefix length:", in: 1...128, default: present?.prefixLength ?? 64)
    interface.ipv6 = IPv6Network(address: address, prefixLength: length)?.description
  }

  /// Asks whether a service is on, and at which port.
  private func askPort(_ service: String, usual: Int, present: Int?) async throws -> Int? {
    guard
      try await c.confirm(
        "Do you want to enable \(service) on this interface?", default: present != nil)
    else { return nil }
    return try await c.ask(
      "Which port do you want to use for \(service)?", in: 1...65535, default: present ?? usual)
  }

  private func askHTTPS(_ interface: inout Interface, isNew: Bool) async throws {
    let present = interface.https
    interface.https = try await askPort("HTTPS", usual: 443, present: present)
    guard interface.https != nil else { return }
    let certificate = try await context.chooseCertificate(
      present: isNew ? nil : interface.httpsCertificate, toTest: "HTTPS")
    guard let certificate else {
      await c.say("\nHTTPS stays as it was.")
      interface.https = present
      return
    }
    interface.httpsCertificate = certificate
  }
}

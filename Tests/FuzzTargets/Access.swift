import Addresses
import Configuration
import Mail
import Resolver
import SMTP

extension FuzzTarget {
  /// Senders, recipients, names and addresses as they are typed, one a line.
  ///
  /// What is taken is taken again in the form in which it is kept, and a listener's table knows what
  /// it means.
  static let access = FuzzTarget("access") { bytes in
    for line in bytes.split(separator: 10).prefix(100) {
      try checkSender(line.text)
      try checkRecipient(line.text)
      try checkNames(line.text)
    }
  }

  private static func checkSender(_ text: String) throws {
    guard let sender = try? Sender(reading: text) else { return }
    try require(sender.pattern.isHarmless, "a sender moves no cursor", text)
    try require(
      try Sender(reading: sender.pattern) == sender, "a sender is read as it is kept", text)
    var table = HostAccessTable(
      groups: [SenderGroup(name: "ONE", policy: "$ONE", senders: [sender])],
      policies: [MailFlowPolicy(name: "$ONE", behavior: .reject)])
    table.defaults = PolicyParameters()
    let access = AccessTable(table)
    for address in ["10.1.1.9", sender.pattern].compactMap({ IPv4Address($0) }) {
      let facts = SenderFacts(address, host: nil, reputation: .empty)
      let matches = access.decide(facts).group == "ONE"
      if "\(address)" == sender.pattern {
        try require(matches, "an address matches itself", sender.pattern)
      }
    }
    if sender.pattern.first == ".", let name = DomainName("a" + sender.pattern) {
      let facts = SenderFacts(.loopback, host: (name, true), reputation: .empty)
      try require(access.decide(facts).group == "ONE", "sub-domains match", sender.pattern)
    }
  }

  private static func checkRecipient(_ text: String) throws {
    if let rule = try? RecipientRule(reading: text, isAccepted: true) {
      let again = try RecipientRule(reading: rule.pattern, isAccepted: true)
      try require(again == rule, "a recipient is read as it is kept", text)
      if rule.pattern.contains("@"), let address = EnvelopeAddress(rule.pattern) {
        let access = RecipientAccess([.init(pattern: rule.pattern, isAccepted: true)])
        try require(access.refusal(of: address) == nil, "an address matches itself", text)
      }
    }
    guard let address = EnvelopeAddress(text) else { return }
    try require(text.isHarmless, "an address moves no cursor", text)
    try require(address.isEmpty || address.matches(text), "an address matches itself", text)
  }

  private static func checkNames(_ text: String) throws {
    if let name = try? HostName(text) {
      try require(try HostName(name.text) == name, "a name is read as it is kept", text)
    }
    if let name = try? ObjectName(text) {
      try require(name.text.isHarmless, "a name moves no cursor", text)
    }
    if let server = try? NameServerAddress(text) {
      try require(
        try NameServerAddress(server.text) == server, "a server is read as it is kept", text)
    }
    if let network = IPv6Network(text) {
      try require(IPv6Network("\(network)") == network, "a network is read as it is kept", text)
    }
    if let network = IPv4Network(text) {
      try require(
        IPv4Network("\(network)") == network && network.contains(network.base),
        "a network is read as it is kept", text)
    }
    if case .web(let place) = try? CRLPlace(text) {
      try require(try WebPlace("\(place)") == place, "a place is read as it is kept", text)
    }
    _ = try? ServedDomain(text)
  }
}

/// Many domains at some hosts: what both servers are told of them.
struct ManyDomains {
  let domains = 500
  let hosts = 20

  /// The domain of a message.
  func domain(_ number: Int) -> String { "domain\(number % domains).bulk.example" }

  /// The host of a domain, as the lab network in a slot maps 10.0.0.0.
  private func address(_ host: Int, slot: Int) -> String { "127.\(slot).0.\(100 + host)" }

  /// Where the hosts listen.
  func addresses(slot: Int) -> [String] { (0..<hosts).map { address($0, slot: slot) } }

  /// Lines of the lab's zone.
  var zone: String {
    let mail = (0..<domains).map { "\(domain($0)). IN MX 10 host\($0 % hosts).bulk.example.\n" }
    let names = (0..<hosts).map { "host\($0).bulk.example. IN A 10.0.0.\(100 + $0)\n" }
    return (mail + names).joined()
  }

  /// Postfix's transport map.
  func transports(slot: Int) -> String {
    (0..<domains).map { number in
      "\(domain(number)) smtp:[\(address(number % hosts, slot: slot))]:\(Sinks.port)\n"
    }.joined()
  }
}

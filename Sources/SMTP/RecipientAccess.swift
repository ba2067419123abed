/// For whom a listener takes mail: the first rule from the top that matches decides, and what no
/// rule matches is refused.
public struct RecipientAccess: Sendable {
  /// One rule.
  public struct Rule: Sendable {
    /// An address, a domain, `.domain` for its sub-domains, or `ALL`.
    public var pattern: String
    /// Whether mail is accepted.
    public var isAccepted: Bool
    /// The text of the refusal; empty for the usual one.
    public var response: String

    /// Makes a rule.
    public init(pattern: String, isAccepted: Bool, response: String = "") {
      self.pattern = pattern
      self.isAccepted = isAccepted
      self.response = response
    }
  }

  /// Takes mail for everybody.
  public static let everybody = RecipientAccess([Rule(pattern: "ALL", isAccepted: true)])

  private let rules: [Rule]
  /// Addresses, domains and `.domains` in small letters, each with the place of its first rule.
  private var places: [String: Int] = [:]
  /// The place of the first `ALL`.
  private var all = Int.max

  /// Makes a table of rules from top to bottom.
  public init(_ rules: [Rule]) {
    self.rules = rules
    for (place, rule) in rules.enumerated() {
      if rule.pattern.uppercased() == "ALL" {
        all = min(all, place)
      } else {
        let key = rule.pattern.lowercased()
        places[key] = min(places[key] ?? place, place)
      }
    }
  }

  /// Why mail for an address is not taken; nil when it is.
  public func refusal(of address: EnvelopeAddress) -> Reply? {
    let place = place(of: address)
    guard place < rules.count else { return .addressRejected }
    let rule = rules[place]
    if rule.isAccepted { return nil }
    return rule.response.isEmpty ? .addressRejected : Reply(550, splitting: rule.response)
  }

  private func place(of address: EnvelopeAddress) -> Int {
    guard !places.isEmpty else { return all }
    var place = all
    func consider(_ key: String) { place = min(place, places[key] ?? .max) }
    consider(address.text.lowercased())
    let domain = address.domain
    consider(domain)
    for dot in domain.utf8.indices where domain.utf8[dot] == UInt8(ascii: ".") {
      consider(String(domain[dot...]))
    }
    return place
  }
}

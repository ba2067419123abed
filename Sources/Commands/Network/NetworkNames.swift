public import Configuration
public import Dialogue

extension RouteDomain: Answer {
  /// Reads the name of a route; the sentence of a refusal says what that is.
  public init(answer: String) throws(InvalidAnswer) {
    self = try judged { () throws(ConfigurationError) in try Self(answer) }
  }

  /// The name.
  public var shown: String { text }
}

extension Route: Answer {
  /// Reads hosts, separated by commas; the sentence of a refusal says what is wrong.
  public init(answer: String) throws(InvalidAnswer) {
    self = try judged { () throws(ConfigurationError) in try Self(answer) }
  }

  /// The hosts.
  public var shown: String { text }
}

extension ServedDomain: Answer {
  /// Reads a domain; the sentence of a refusal says what that is.
  public init(answer: String) throws(InvalidAnswer) {
    self = try judged { () throws(ConfigurationError) in try Self(answer) }
  }

  /// The name.
  public var shown: String { text }
}

/// The addresses of name servers, separated by commas.
struct NameServerAddresses: Answer {
  let addresses: [String]
  var shown: String { addresses.joined(separator: ",") }

  init(_ addresses: [String]) { self.addresses = addresses }

  init(answer: String) throws(InvalidAnswer) {
    addresses = try judged { () throws(ConfigurationError) in
      var addresses: [String] = []
      for part in answer.split(separator: ",", omittingEmptySubsequences: false) {
        let address = try NameServerAddress(part.trimmingBlanks).text
        if !addresses.contains(address) { addresses.append(address) }
      }
      return addresses
    }
  }
}

/// What a rule of the configuration refuses, an answer cannot be.
func judged<Value>(
  _ read: () throws(ConfigurationError) -> Value
) throws(InvalidAnswer) -> Value {
  do throws(ConfigurationError) {
    return try read()
  } catch {
    throw InvalidAnswer(error.description)
  }
}

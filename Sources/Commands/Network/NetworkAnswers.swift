import Configuration
import Dialogue

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

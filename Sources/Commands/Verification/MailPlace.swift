import Addresses
import Configuration
import Control
import Dialogue

/// A mail server as somebody types it: a host name or an address, with a port behind a colon if it
/// is not 25.
struct MailPlace: Answer, Equatable {
  let place: ProbedPlace
  var shown: String { place.port == 25 ? place.host : "\(place.host):\(place.port)" }

  init(_ name: HostName) { place = ProbedPlace(host: name.text) }

  init(answer: String) throws(InvalidAnswer) {
    let parts = answer.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let port = parts.count == 2 ? Int(parts[1]) : 25, 1...65535 ~= port else {
      throw InvalidAnswer("The port must be an integer from 1 to 65535.")
    }
    let host = String(parts[0])
    place = ProbedPlace(
      host: IPv4Address(host) == nil ? try HostName(answer: host).text : host, port: port)
  }
}

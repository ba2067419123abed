public import Foundation
public import Mail

/// How the servers of a domain take mail over TLS (G19): a table, a score, and what was said.
public struct CheckReport: Sendable {
  /// The domain.
  public let domain: String
  /// When it was checked.
  public let date: Date
  /// The servers, the first to be tried first.
  public let servers: [ServerCheck]
  /// The columns of the table.
  public let columns: CheckColumns

  /// Makes a report.
  public init(domain: String, date: Date, servers: [ServerCheck], columns: CheckColumns = .new) {
    self.domain = domain
    self.date = date
    self.servers = servers
    self.columns = columns
  }

  /// The points of a server's good steps, 0 to 100.
  public func score(of server: ServerCheck) -> Int {
    columns.columns.reduce(0) { $0 + (server.successes[$1.step] == nil ? 0 : $1.points) }
  }

  /// The mean of the servers' scores, rounded down.
  public var confidence: Int {
    servers.isEmpty ? 0 : servers.reduce(0) { $0 + score(of: $1) } / servers.count
  }

  /// What part of the servers takes a step well, in percent, rounded down.
  func share(of step: ServerCheck.Step) -> Int {
    servers.isEmpty
      ? 0 : 100 * servers.count { $0.successes[step] != nil } / servers.count
  }
}

extension ServerCheck {
  /// Its address and port, as a table shows it.
  var place: String { address.map { "[\($0):\(port)]" } ?? "[no address]" }
}

extension ServerCheck.Success {
  /// Whole milliseconds.
  var milliseconds: Int { Int(time / .milliseconds(1)) }
}

extension ServerCheck.Line {
  /// Who speaks, and whether in clear; nil where nobody does.
  var arrow: String? {
    switch kind {
    case .sent: "-->"
    case .received: "<--"
    case .sentEncrypted: "~~>"
    case .receivedEncrypted: "<~~"
    case .note, .failure, .certificate, .verified, .notVerified: nil
    }
  }

  /// Whether it stands under the line before it, without a time of its own.
  var isDetail: Bool { [.certificate, .verified, .notVerified].contains(kind) }

  /// Seconds since the beginning, such as `000.344`.
  var stamp: String {
    let milliseconds = Int(time / .milliseconds(1))
    func padded(_ number: Int) -> String {
      String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
    }
    return "\(padded(milliseconds / 1000)).\(padded(milliseconds % 1000))"
  }
}

import Foundation

/// A mail server under load: where it is, and what it costs.
protocol MailServer: AnyObject {
  var address: String { get }
  var port: Int { get }
  var processes: ProcessTree { get throws }
  func stop()
}

extension PostfixServer: MailServer {}
extension EsashServer: MailServer {}

/// Both servers with the same certificate, side by side.
struct MailServers {
  let esash: EsashServer
  let postfix: PostfixServer

  /// Starts both.
  ///
  /// - Parameters:
  ///   - keyArguments: what `openssl req -newkey` is told: `rsa:2048`, or a curve.
  ///   - port: Postfix's.
  ///   - domains: what they deliver; without, they hold what they take.
  init(
    _ program: String, in folder: String, key keyArguments: [String], port: Int,
    delivering domains: ManyDomains? = nil
  ) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Postfix's own user reads below it.
    chmod(folder, 0o755)
    let base = "\(folder)/server"
    try timeOf(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=mail.example.com", "-keyout",
        "\(base).key", "-out", "\(base).pem", "-newkey",
      ] + keyArguments, isQuiet: true)
    try timeOf(
      "/usr/bin/openssl",
      [
        "pkcs12", "-export", "-inkey", "\(base).key", "-in", "\(base).pem", "-out",
        "\(base).p12", "-passout", "pass:bench",
      ])
    let esash = try EsashServer(program, in: folder, pkcs12: "\(base).p12", delivering: domains)
    self.esash = esash
    do {
      postfix = try PostfixServer(
        in: "\(folder)/postfix", port: port, certificate: "\(base).pem", key: "\(base).key",
        delivering: domains.map { ($0, esash.slot) })
    } catch {
      esash.stop()
      throw error
    }
  }

  func stop() {
    esash.stop()
    postfix.stop()
  }

  /// Puts both to work in turn, the first round not counted.
  func compare(
    rounds: Int, _ work: (any MailServer) throws -> Load.Result
  ) throws -> Comparison {
    var comparison = Comparison()
    for round in 0...rounds {
      let ours = try Measurement(of: esash) { try work(esash) }
      let theirs = try Measurement(of: postfix) { try work(postfix) }
      guard round > 0 else { continue }
      comparison.esash.append(ours)
      comparison.postfix.append(theirs)
    }
    return comparison
  }
}

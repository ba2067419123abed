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

  /// - Parameter keyArguments: what `openssl req -newkey` is told: `rsa:2048`, or a curve.
  init(_ program: String, in folder: String, key keyArguments: [String], port: Int) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Postfix's own user reads below it.
    chmod(folder, 0o755)
    let base = "\(folder)/server"
    _ = try timeOf(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=mail.example.com", "-keyout",
        "\(base).key", "-out", "\(base).pem", "-newkey",
      ] + keyArguments)
    _ = try timeOf(
      "/usr/bin/openssl",
      [
        "pkcs12", "-export", "-inkey", "\(base).key", "-in", "\(base).pem", "-out",
        "\(base).p12", "-passout", "pass:bench",
      ])
    esash = try EsashServer(program, in: folder, pkcs12: "\(base).p12")
    postfix = try PostfixServer(
      in: "\(folder)/postfix", port: port, certificate: "\(base).pem", key: "\(base).key")
  }

  func stop() {
    esash.stop()
    postfix.stop()
  }

  /// Puts both under a load in turn, the first round not counted.
  func compare(
    rounds: Int, _ load: Load,
    _ client: @escaping @Sendable (_ address: String, _ port: Int, () -> Bool) throws -> Int
  ) throws -> (esash: [Measurement], postfix: [Measurement]) {
    var results: (esash: [Measurement], postfix: [Measurement]) = ([], [])
    for round in 0...rounds {
      for server in [esash, postfix] as [any MailServer] {
        let (address, port) = (server.address, server.port)
        let before = try server.processes.processorTime
        let ownBefore = ownProcessorTime
        let result = try load.run { try client(address, port, $0) }
        let used = try server.processes.processorTime - before
        let usedByLoad = ownProcessorTime - ownBefore
        guard round > 0 else { continue }
        let measurement = Measurement(
          rate: result.rate, processorTime: used / Double(max(1, result.count)) * 1e6,
          loadTime: usedByLoad / Double(max(1, result.count)) * 1e6)
        if server === esash {
          results.esash.append(measurement)
        } else {
          results.postfix.append(measurement)
        }
      }
    }
    return results
  }
}

/// What one round showed.
struct Measurement {
  /// Things done a second.
  let rate: Double
  /// Microseconds of the server's processor time for each.
  let processorTime: Double
  /// Microseconds of the load's own processor time for each.
  let loadTime: Double

  /// What the machine would do in a second if the server cost nothing.
  var ceiling: Double { Double(ProcessInfo.processInfo.processorCount) * 1e6 / loadTime }
}

/// Seconds of this process's processor time.
private var ownProcessorTime: Double {
  var usage = rusage()
  getrusage(RUSAGE_SELF.rawValue, &usage)
  return [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
    .reduce(0, +)
}

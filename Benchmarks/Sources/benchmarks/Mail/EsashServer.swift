import Foundation

/// `esash serve` on a fresh appliance that offers TLS.
final class EsashServer {
  private(set) var address = ""
  private(set) var port = 0
  private let process = Process()

  /// - Parameters:
  ///   - folder: where the appliance is made.
  ///   - pkcs12: a PKCS#12 file, passphrase `bench`; what the listener shows.
  ///   - domains: what it delivers; without, it holds what it takes.
  init(
    _ esash: String, in folder: String, pkcs12: String, delivering domains: ManyDomains?
  ) throws {
    let appliance = "\(folder)/appliance"
    try timeOf(esash, ["appliance", "new", appliance])
    try FileManager.default.copyItem(
      atPath: pkcs12, toPath: "\(appliance)/configuration/bench.p12")
    try Self.setUp(esash, appliance)
    if let domains {
      let zone = "\(appliance)/network/zone"
      try (String(contentsOfFile: zone, encoding: .utf8) + domains.zone)
        .write(toFile: zone, atomically: true, encoding: .utf8)
    }
    process.executableURL = URL(fileURLWithPath: esash)
    process.arguments = ["serve", "--appliance", appliance]
    process.standardInput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    // The start line says that everything is open.
    _ = errors.fileHandleForReading.availableData
    let place = Pipe()
    let asker = Process()
    asker.executableURL = URL(fileURLWithPath: esash)
    asker.arguments = ["appliance", "address", appliance, "IncomingMail"]
    asker.standardOutput = place
    try asker.run()
    let text = String(
      decoding: place.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ":")
    guard parts.count == 2, let port = Int(parts[1]) else { throw Failure("no listener: \(text)") }
    (address, self.port) = (String(parts[0]), port)
    if domains == nil {
      try timeOf(esash, ["run", "--appliance", appliance, "-c", "suspenddel 0"])
    }
  }

  /// The place of its network among those of the machine: the second part of its addresses.
  var slot: Int { Int(address.split(separator: ".")[1]) ?? 0 }

  var processes: ProcessTree { ProcessTree(root: process.processIdentifier) }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// Imports the certificate, gives it to the listener, offers TLS, and commits.
  private static func setUp(_ esash: String, _ appliance: String) throws {
    try hostAccess.write(
      toFile: "\(appliance)/configuration/bench.hat", atomically: true, encoding: .utf8)
    let script = """
      certconfig
      certificate
      import
      bench
      bench.p12

      bench


      listenerconfig
      edit
      1
      certificate
      bench
      limits
      6000
      1000


      listenerconfig
      setup
      6000
      6000



      listenerconfig edit IncomingMail hostaccess import bench.hat
      commit "bench"
      exit

      """
    let file = "\(appliance).script"
    try script.write(toFile: file, atomically: true, encoding: .utf8)
    try timeOf(esash, ["run", "-e", "--appliance", appliance, file])
  }

  /// Everybody may relay, without limits, and with TLS on offer.
  private static let hostAccess = """
    $RELAYED
        RELAY {
            max_message_size = 20M
            max_concurrency = 10000
            max_msgs_per_session = 10000
            max_rcpts_per_msg = 1000
            tls = "on"
        }
    ALL
        $RELAYED

    """
}

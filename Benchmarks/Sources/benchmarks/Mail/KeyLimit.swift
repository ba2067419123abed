import Foundation

/// What `openssl speed` gives for signatures: a bound of the sessions that a server can begin.
struct KeyLimit {
  /// The algorithm as `openssl speed` names it, such as `rsa2048`.
  let algorithm: String

  /// Signatures a second of all cores together.
  func measure() throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    let cores = ProcessInfo.processInfo.processorCount
    process.arguments = ["speed", "-seconds", "1", "-multi", "\(cores)", "-mr", algorithm]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // `+F2:2:2048:2512.500000:45010.000000`: kind, number, bits, signatures, verifications; the
    // processes' own lines begin with `Got:`.
    let fields = text.split(separator: "\n").last { $0.hasPrefix("+F") }?.split(separator: ":")
    guard let fields, fields.count == 5, let rate = Double(fields[3]) else {
      throw Failure("openssl speed \(algorithm) says nothing")
    }
    return rate
  }
}

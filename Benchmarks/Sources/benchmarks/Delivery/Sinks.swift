import Foundation
import Synchronization

/// Postfix's `smtp-sink`, one for each host: takes mail and counts it.
final class Sinks {
  /// Where the lab network has port 25.
  static let port = 10_025

  private var processes: [Process] = []
  private let counts: Counts

  private final class Counts: Sendable {
    let messages: Mutex<[Int]>
    init(_ hosts: Int) { messages = Mutex(Array(repeating: 0, count: hosts)) }
  }

  init(at addresses: [String]) throws {
    counts = Counts(addresses.count)
    for (host, address) in addresses.enumerated() {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/sbin/smtp-sink")
      process.arguments = ["-u", "nobody", "-c", "-m", "2000", "\(address):\(Self.port)", "1000"]
      let output = Pipe()
      process.standardOutput = output
      process.standardInput = FileHandle.nullDevice
      // `sess=9 quit=9 mesg=42` and a return, again and again; the last one counts.
      output.fileHandleForReading.readabilityHandler = { [counts] handle in
        let text = String(decoding: handle.availableData, as: UTF8.self)
        guard let mark = text.range(of: "mesg=", options: .backwards) else { return }
        let digits = text[mark.upperBound...].prefix { $0.isNumber }
        // One that is cut off by the end of the read is followed by the next.
        guard mark.upperBound < text.endIndex, let count = Int(digits) else { return }
        counts.messages.withLock { $0[host] = max($0[host], count) }
      }
      try process.run()
      processes.append(process)
    }
  }

  /// How many messages all have taken.
  var count: Int { counts.messages.withLock { $0.reduce(0, +) } }

  /// Waits until so many have been taken in all.
  ///
  /// - Throws: `Failure` when none comes for a minute.
  func wait(for total: Int) throws {
    var last = (count: count, time: Date())
    while last.count < total {
      Thread.sleep(forTimeInterval: 0.002)
      if count > last.count {
        last = (count, Date())
      } else if Date().timeIntervalSince(last.time) > 60 {
        throw Failure("only \(last.count) of \(total) messages were delivered")
      }
    }
  }

  func stop() {
    for process in processes {
      process.terminate()
      process.waitUntilExit()
    }
  }
}

import ConfigurationStore
import Glibc

/// The copying of files behind a channel: nothing to wait for, all is bytes in and bytes out.
final class CopyService: ChannelService {
  private var copying: any CopyMachine
  private var output: [UInt8] = []
  /// How much of the output was read.
  private var offset = 0
  private var isStopped = false

  /// - Parameter files: the only folder that can be reached.
  init(_ command: CopyCommand, in files: PrivateFolder) {
    copying = command.machine(in: files)
    output = copying.begin()
  }

  func descriptors(wantsOutput: Bool) -> [pollfd] { [] }

  var patience: Int32? { nil }

  /// Nothing is taken as long as the client does not read.
  var room: Int { output.isEmpty ? 64 << 10 : 0 }

  func take(_ bytes: [UInt8]) { output += copying.take(bytes) }

  func endInput() { output += copying.end() }

  func read(_ stream: OutputStream, atMost count: Int) -> [UInt8] {
    guard stream == .output else { return [] }
    let part = Array(output[offset...].prefix(count))
    offset += part.count
    if offset == output.count { (output, offset) = ([], 0) }
    return part
  }

  var status: Int32? { isStopped ? 1 : output.isEmpty ? copying.status : nil }

  func setWindow(rows: UInt16, columns: UInt16) {}
  func signal(_ name: String) {}
  func stop() { isStopped = true }
}

/// One end of the copying protocol, without I/O.
package protocol CopyMachine {
  /// What is said first.
  mutating func begin() -> [UInt8]
  /// Takes bytes; returns what is answered.
  mutating func take(_ bytes: [UInt8]) -> [UInt8]
  /// The other end sends no more.
  mutating func end() -> [UInt8]
  /// The exit status once it is over.
  var status: Int32? { get }
}

/// What both ends say.
enum CopyWord {
  /// All is well; go on.
  static let good: [UInt8] = [0]

  /// A complaint; the other end goes on with the next file.
  static func warning(_ sentence: String) -> [UInt8] { [1] + Array("scp: \(sentence)\n".utf8) }
}

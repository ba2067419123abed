import Glibc

/// A sentence on the error output, and the status 1.
final class RefusalService: ChannelService {
  private var sentence: [UInt8]

  init(_ sentence: String) { self.sentence = Array("\(sentence)\n".utf8) }

  func descriptors(wantsOutput: Bool) -> [pollfd] { [] }
  var patience: Int32? { nil }
  var room: Int { 64 << 10 }
  func take(_ bytes: [UInt8]) {}
  func endInput() {}

  func read(_ stream: OutputStream, atMost count: Int) -> [UInt8] {
    guard stream == .errors else { return [] }
    defer { sentence.removeFirst(min(count, sentence.count)) }
    return Array(sentence.prefix(count))
  }

  var status: Int32? { sentence.isEmpty ? 1 : nil }
  func setWindow(rows: UInt16, columns: UInt16) {}
  func signal(_ name: String) {}
  func stop() { sentence = [] }
}

import Configuration
import Dialogue

/// The name of a log's files: typed and shown as that of the current one, `mail.current`.
struct LogFileName: Answer {
  let name: String
  var shown: String { "\(name).current" }

  init(_ name: String) { self.name = name }

  init(answer: String) throws(InvalidAnswer) {
    let suffix = ".current"
    name = try LogName(
      answer: answer.hasSuffix(suffix) ? String(answer.dropLast(suffix.count)) : answer
    ).text
  }
}

/// The bytes that a log file may have.
struct LogFileSize: Answer {
  let bytes: Int
  var shown: String { "\(bytes)" }

  init(_ bytes: Int) { self.bytes = bytes }

  init(answer: String) throws(InvalidAnswer) {
    bytes = try ByteCount(answer: answer).bytes
    guard LogSubscription.sizes.contains(bytes) else {
      throw InvalidAnswer("The value must be a size from 100k to 100M.")
    }
  }
}

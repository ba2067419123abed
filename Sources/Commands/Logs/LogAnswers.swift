public import Configuration
public import Dialogue

extension LogName: Answer {
  /// Reads a name; the sentence of a refusal says what a name is.
  public init(answer: String) throws(InvalidAnswer) {
    do throws(ConfigurationError) {
      try self.init(answer)
    } catch {
      throw InvalidAnswer(error.description)
    }
  }

  /// The name.
  public var shown: String { text }
}

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

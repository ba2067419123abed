import Configuration
import Dialogue

/// A value of a mail flow policy as it is typed and written.
protocol PolicyValue: Answer {
  associatedtype Stored
  /// Whether it stands in quotes in a table's text form.
  static var isQuoted: Bool { get }
  init(_ stored: Stored)
  /// The value as the configuration keeps it.
  var stored: Stored { get }
}

extension ByteCount: PolicyValue {
  static var isQuoted: Bool { false }
  var stored: Int { bytes }
}

/// The bounds of a number.
protocol IntegerBounds: Sendable {
  static var range: ClosedRange<Int> { get }
}

/// Connections or messages at a time.
enum UpTo65535: IntegerBounds { static let range = PolicyParameters.connectionRange }
/// Recipients of one message.
enum UpTo100000: IntegerBounds { static let range = PolicyParameters.recipientRange }
/// Recipients an hour, where they are limited.
enum UpToMillion: IntegerBounds { static let range = 1...1_000_000 }
/// Recipients an hour; 0 means unlimited.
enum UpToMillionOrNone: IntegerBounds { static let range = PolicyParameters.rateRange }

/// A whole number within bounds.
struct Limited<Bounds: IntegerBounds>: PolicyValue {
  static var isQuoted: Bool { false }
  let stored: Int
  var shown: String { String(stored) }

  init(_ stored: Int) { self.stored = stored }

  init(answer: String) throws(InvalidAnswer) {
    let range = Bounds.range
    guard let number = Int(answer), range.contains(number) else {
      throw InvalidAnswer(
        "The value must be an integer from \(range.lowerBound) to \(range.upperBound).")
    }
    stored = number
  }
}

/// A host name for the banner; an empty one, which only a file can hold, is the interface's.
struct BannerHost: PolicyValue {
  static var isQuoted: Bool { true }
  let stored: String
  var shown: String { stored }

  init(_ stored: String) { self.stored = stored }

  init(answer: String) throws(InvalidAnswer) {
    stored = answer.isEmpty ? "" : try HostName(answer: answer).text
  }
}

/// A text of one line in an SMTP reply; an empty one, which only a file can hold, is the usual one.
struct ResponseText: PolicyValue {
  static var isQuoted: Bool { true }
  let stored: String
  var shown: String { stored }

  init(_ stored: String) { self.stored = stored }

  init(answer: String) throws(InvalidAnswer) {
    guard answer.isReplyText else {
      throw InvalidAnswer("The text must be at most 200 printable ASCII characters.")
    }
    stored = answer
  }
}

/// Addresses and domains, separated by commas; none of them only in a file.
struct AddressList: PolicyValue {
  static var isQuoted: Bool { true }
  let stored: [String]
  var shown: String { stored.joined(separator: ", ") }

  init(_ stored: [String]) { self.stored = stored }

  init(answer: String) throws(InvalidAnswer) {
    stored = answer.split(separator: ",").map(\.trimmingBlanks)
    guard answer.isEmpty || !stored.isEmpty,
      stored.allSatisfy(\.isListedAddress)
    else { throw InvalidAnswer("The value must be a list such as a@example.com, example.org.") }
  }
}

/// A level of TLS in a table's text form: the words of EXPORT, and `preferred`.
struct TLSWord: PolicyValue {
  static var isQuoted: Bool { true }
  let stored: InboundTLS
  var shown: String { stored.rawValue }

  init(_ stored: InboundTLS) { self.stored = stored }

  init(answer: String) throws(InvalidAnswer) {
    let word = answer.lowercased()
    guard let level = word == "preferred" ? .preferred : InboundTLS(rawValue: word) else {
      let words = InboundTLS.allCases.map(\.rawValue).joined(separator: ", ")
      throw InvalidAnswer("\"\(answer)\" is no level of TLS: use one of \(words), preferred.")
    }
    stored = level
  }
}

/// A value, or the word `default` for what the defaults say.
enum Inheritable<Value: PolicyValue>: Answer {
  case inherited
  case own(Value)

  init(_ value: Value?) { self = value.map(Self.own) ?? .inherited }

  init(answer: String) throws(InvalidAnswer) {
    self = answer.lowercased() == "default" ? .inherited : .own(try Value(answer: answer))
  }

  var value: Value? { if case .own(let value) = self { value } else { nil } }
  var shown: String { value?.shown ?? "default" }
}

/// Yes, no, or `default` for what the defaults say.
enum YesNoDefault: String, Answer {
  case yes, no, inherited = "default"

  init(answer: String) throws(InvalidAnswer) {
    switch answer.lowercased() {
    case "y", "yes": self = .yes
    case "n", "no": self = .no
    case "default": self = .inherited
    default: throw InvalidAnswer("Please answer Yes, No or Default.")
    }
  }

  var shown: String { rawValue }
}

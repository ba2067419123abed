/// A command line of an SMTP client (RFC 5321 §4.1.1, RFC 3207).
enum Command: Equatable {
  case ehlo(String)
  case helo(String)
  case startTLS
  case mail(ReversePath)
  case rcpt
  case data
  case noop
  case rset
  case help
  case vrfy
  case quit
  /// A known word with an argument that cannot be read.
  case malformed(Verb)
  /// An unknown word.
  case unknown

  /// The words that a listener knows.
  enum Verb: String, CaseIterable {
    case ehlo = "EHLO"
    case helo = "HELO"
    case startTLS = "STARTTLS"
    case mail = "MAIL"
    case rcpt = "RCPT"
    case data = "DATA"
    case noop = "NOOP"
    case rset = "RSET"
    case help = "HELP"
    case vrfy = "VRFY"
    case quit = "QUIT"
  }

  /// Reads a line without its end; words may be in either case.
  init(line: [UInt8]) {
    let text = String(decoding: line, as: UTF8.self)
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == " " || $0 == "\t"
    }
    guard let word = parts.first, let verb = Verb(rawValue: word.uppercased()) else {
      self = .unknown
      return
    }
    let argument = parts.count > 1 ? parts[1].trimmed : ""
    self = Command(verb, argument) ?? .malformed(verb)
  }

  private init?(_ verb: Verb, _ argument: Substring) {
    switch verb {
    case .ehlo where !argument.isEmpty: self = .ehlo(String(argument))
    case .helo where !argument.isEmpty: self = .helo(String(argument))
    case .mail:
      guard let path = ReversePath(argument: argument) else { return nil }
      self = .mail(path)
    case .startTLS where argument.isEmpty: self = .startTLS
    case .data where argument.isEmpty: self = .data
    case .rset where argument.isEmpty: self = .rset
    case .quit where argument.isEmpty: self = .quit
    case .rcpt: self = .rcpt
    case .noop: self = .noop
    case .help: self = .help
    case .vrfy: self = .vrfy
    case .ehlo, .helo, .startTLS, .data, .rset, .quit: return nil
    }
  }
}

extension Substring {
  /// Without blanks and tabs at both ends.
  var trimmed: Substring {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return self[first...last]
  }
}

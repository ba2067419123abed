/// A command line of an SMTP client (RFC 5321 §4.1.1, RFC 3207).
enum Command: Equatable {
  case ehlo(String)
  case helo(String)
  case startTLS
  case mail(PathArgument)
  case rcpt(PathArgument)
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

    /// The words by their bytes: each fits into a number.
    private static let byNumber = Dictionary(
      uniqueKeysWithValues: allCases.map { (number($0.rawValue.utf8), $0) })

    private static func number(_ word: some Sequence<UInt8>) -> UInt64 {
      word.reduce(0) { $0 << 8 | UInt64($1.capital) }
    }

    /// Finds a word in either case.
    init?(_ word: ArraySlice<UInt8>) {
      guard word.count <= 8, let verb = Verb.byNumber[Verb.number(word)] else { return nil }
      self = verb
    }
  }

  /// Reads a line without its end.
  init(line: [UInt8]) {
    let word = line.prefix { !$0.isBlank }
    guard let verb = Verb(word) else {
      self = .unknown
      return
    }
    self = Command(verb, line[word.endIndex...].trimmed) ?? .malformed(verb)
  }

  private init?(_ verb: Verb, _ argument: ArraySlice<UInt8>) {
    switch verb {
    case .ehlo where !argument.isEmpty: self = .ehlo(String(decoding: argument, as: UTF8.self))
    case .helo where !argument.isEmpty: self = .helo(String(decoding: argument, as: UTF8.self))
    case .mail:
      guard let path = PathArgument(argument, label: "FROM:") else { return nil }
      self = .mail(path)
    case .rcpt:
      guard let path = PathArgument(argument, label: "TO:"), !path.address.isEmpty else {
        return nil
      }
      self = .rcpt(path)
    case .startTLS where argument.isEmpty: self = .startTLS
    case .data where argument.isEmpty: self = .data
    case .rset where argument.isEmpty: self = .rset
    case .quit where argument.isEmpty: self = .quit
    case .noop: self = .noop
    case .help: self = .help
    case .vrfy: self = .vrfy
    case .ehlo, .helo, .startTLS, .data, .rset, .quit: return nil
    }
  }
}

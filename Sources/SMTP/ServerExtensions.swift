/// What a server said of itself in its answer to EHLO (RFC 5321 §4.1.1.1).
public struct ServerExtensions: Hashable, Sendable {
  /// Whether it knows EHLO at all; without it there are no extensions.
  public let isExtended: Bool
  /// Keywords in capitals, each with its parameters.
  private let keywords: [String: [String]]

  /// The extensions of a server that was greeted by HELO.
  static let none = ServerExtensions(isExtended: false, keywords: [:])

  /// Reads the answer to EHLO.
  ///
  /// The first line is a greeting, whatever its words are; keywords stand in the others.
  init(_ reply: Reply) {
    var keywords: [String: [String]] = [:]
    for line in reply.lines.dropFirst() {
      let words = line.split { $0 == " " || $0 == "\t" }.map { $0.uppercased() }
      guard let keyword = words.first else { continue }
      keywords[keyword] = Array(words.dropFirst())
    }
    self.init(isExtended: true, keywords: keywords)
  }

  private init(isExtended: Bool, keywords: [String: [String]]) {
    self.isExtended = isExtended
    self.keywords = keywords
  }

  /// Whether STARTTLS is listed (RFC 3207).
  public var offersTLS: Bool { keywords["STARTTLS"] != nil }
  /// Whether MAIL may tell a message's size (RFC 1870).
  public var takesSize: Bool { keywords["SIZE"] != nil }
  /// Whether bytes above 127 are taken (RFC 6152).
  public var takesEightBit: Bool { keywords["8BITMIME"] != nil }
}

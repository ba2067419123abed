/// Reads the replies of an SMTP server out of a stream of bytes (RFC 5321 §4.2).
///
/// A peer is not trusted: line length, number of lines and bytes of a reply are limited, and all
/// lines of a reply must bear one code.
public struct ReplyParser: Sendable {
  /// What a stream of replies holds.
  public enum Reading: Hashable, Sendable {
    /// A whole reply.
    case reply(Reply)
    /// Something else, in a few words; nothing after it can be understood.
    case malformed(String)
  }

  /// The longest line in bytes, its end included; four times RFC 5321 §4.5.3.1.5's.
  public static let lineLimit = 2048
  /// The most lines in one reply.
  static let mostLines = 128
  /// The most bytes of text in one reply.
  static let mostBytes = 32_768

  private var lines = LineBuffer(limit: lineLimit)
  private var code: Int?
  private var texts: [String] = []
  private var byteCount = 0

  /// Makes a parser at the beginning of a stream.
  public init() {}

  /// How many received bytes have not been read.
  public var bufferedByteCount: Int { lines.count }

  /// Takes bytes from the server.
  public mutating func receive(_ bytes: some Sequence<UInt8>) { lines.append(bytes) }

  /// The next whole reply, or nil until more bytes come.
  public mutating func next() -> Reading? {
    while let line = lines.next() {
      if let reading = read(line) { return reading }
    }
    return nil
  }

  /// Forgets all bytes, as at the beginning of TLS.
  public mutating func removeAll() { self = ReplyParser() }

  private mutating func read(_ line: LineBuffer.Line) -> Reading? {
    guard case .text(let bytes) = line else { return .malformed("line too long") }
    guard let (code, isLast, text) = Self.split(bytes) else {
      return .malformed(String(decoding: bytes.prefix(80), as: UTF8.self))
    }
    guard self.code == nil || self.code == code else {
      return .malformed("reply codes \(self.code ?? 0) and \(code) in one reply")
    }
    byteCount += text.count
    guard texts.count < Self.mostLines, byteCount <= Self.mostBytes else {
      return .malformed("reply too long")
    }
    self.code = code
    texts.append(String(decoding: text, as: UTF8.self))
    guard isLast else { return nil }
    defer {
      self.code = nil
      texts = []
      byteCount = 0
    }
    return .reply(Reply(code, texts))
  }

  /// Three digits, then a hyphen, a blank or nothing, then the text.
  private static func split(_ line: [UInt8]) -> (Int, isLast: Bool, ArraySlice<UInt8>)? {
    guard line.count >= 3, let first = digit(line[0]), let second = digit(line[1]),
      let third = digit(line[2]), (2...5).contains(first)
    else { return nil }
    let code = 100 * first + 10 * second + third
    guard line.count > 3 else { return (code, true, []) }
    switch line[3] {
    case UInt8(ascii: " "): return (code, true, line[4...])
    case UInt8(ascii: "-"): return (code, false, line[4...])
    default: return nil
    }
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }
}

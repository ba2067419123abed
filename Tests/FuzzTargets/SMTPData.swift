import SMTP

extension FuzzTarget {
  /// What follows DATA, read by the session and by a plain search for the message's end.
  ///
  /// Both find the same message or fault, and a message survives being sent on.
  static let smtpData = FuzzTarget("smtp-data") { bytes in
    let outcome = try DataReading(bytes)
    try outcome.check(against: bytes)
    guard case .message(let content) = outcome else { return }
    try require(content.isNetworkText, "no CR or LF stands alone in a message")
    var stuffer = DotStuffer()
    var wire = content.flatMap { stuffer.encode(CollectionOfOne($0)) }
    wire += stuffer.end()
    try require(
      try DataReading(wire) == .message(content), "a message that is sent on arrives as it was")
  }
}

/// What a session makes of the bytes behind DATA.
private enum DataReading: Equatable {
  static let limit = 2000

  case waits
  case message([UInt8])
  case abandoned(ServerSession.Abandonment)

  init(_ bytes: [UInt8]) throws {
    var session = ServerSession(
      settings: ServerSettings(hostName: "a.example", maximumSize: Self.limit, startTLS: .off))
    session.receive("MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n".utf8)
    while let step = session.next() {
      switch step {
      case .sender, .recipient: session.accept()
      case .data: session.accept(header: [])
      default: break
      }
    }
    try require(session.isReceivingMessage, "the session takes a message")
    session.receive(bytes)
    switch session.next() {
    case nil: self = .waits
    case .message(let message): self = .message(message.content)
    case .abandoned(let reason): self = .abandoned(reason)
    case let step: throw BrokenRule(description: "\(String(describing: step)) behind DATA")
    }
  }

  /// The end is the first CR LF `.` CR LF, the start counting as a line's.
  func check(against bytes: [UInt8]) throws {
    let end = Array("\r\n.\r\n".utf8)
    let stream = [13, 10] + bytes
    guard let range = stream.firstRange(of: end) else {
      return try require(self == .waits, "a message without an end is waited for")
    }
    let raw =
      stream[2...].prefix(upTo: max(2, range.lowerBound))
      + (range.lowerBound < 2 ? [] : [13, 10])
    let content = Self.unstuffed(Array(raw))
    let isTooLarge = content.count > Self.limit
    switch self {
    case .waits: throw BrokenRule(description: "the end of a message was not seen")
    case .message(let read):
      try require(
        read == content && Array(raw).isNetworkText && !isTooLarge, "what was sent is what is read")
    case .abandoned(.tooLarge):
      try require(isTooLarge || !Array(raw).isNetworkText, "only what is large is too large")
    case .abandoned(.bareLineEnd):
      try require(!Array(raw).isNetworkText, "only a line end that stands alone is refused")
    case .abandoned(.byClient), .abandoned(.noRoom):
      throw BrokenRule(description: "nobody gave the message up")
    }
  }

  /// Without the dots that were put before lines that begin with one.
  private static func unstuffed(_ raw: [UInt8]) -> [UInt8] {
    var content: [UInt8] = []
    var isAtLineStart = true
    for byte in raw {
      if !isAtLineStart || byte != UInt8(ascii: ".") { content.append(byte) }
      isAtLineStart = byte == 10
    }
    return content
  }
}

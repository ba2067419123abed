import PKI

/// What a remote host says between two lines of the user, and when it is the user's turn again.
///
/// Hosts here mostly speak SMTP, whose replies tell where they end; of others a pause is the end.
struct RemoteReply: Sendable {
  private static let firstWait = Duration.seconds(5)
  private static let pause = Duration.milliseconds(300)
  private static let lineEnd = UInt8(ascii: "\n")

  /// What came behind the last line end.
  private var unfinished: [UInt8] = []
  private var lastLine: String?
  private var isOver = false

  /// How long to wait for more; nil when it is the user's turn.
  var patience: Duration? {
    if isOver { return nil }
    return lastLine == nil && unfinished.isEmpty ? Self.firstWait : Self.pause
  }

  /// Whether a message is expected now, during which nobody replies (RFC 5321 §4.1.1.4).
  var opensMessage: Bool { lastLine?.hasPrefix("354") == true }

  /// What stands behind the last line end; nil for nothing.
  var rest: String? { unfinished.isEmpty ? nil : Self.shown(unfinished[...]) }

  /// Takes what came and gives the lines that are whole now.
  mutating func append(_ bytes: [UInt8]) -> [String] {
    var lines = (unfinished + bytes).split(
      separator: Self.lineEnd, omittingEmptySubsequences: false)
    unfinished = Array(lines.popLast() ?? [])
    let shown = lines.map(Self.shown)
    lastLine = shown.last ?? lastLine
    isOver = unfinished.isEmpty && lastLine.map(Self.isFinal) == true
    return shown
  }

  /// Nothing more came.
  mutating func fallSilent() { isOver = true }

  /// Whether a line ends an SMTP reply: three digits and no hyphen (RFC 5321 §4.2.1).
  ///
  /// Behind 221 and 421 the end of the connection comes yet.
  private static func isFinal(_ line: String) -> Bool {
    let code = line.prefix(3)
    return code.count == 3 && code.allSatisfy { ("0"..."9").contains($0) }
      && (line.dropFirst(3).first ?? " ") == " " && !["221", "421"].contains(code)
  }

  /// A line as text, with a question mark for each character that a terminal would act on.
  private static func shown(_ line: ArraySlice<UInt8>) -> String {
    let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    return String(
      String.UnicodeScalarView(
        String(decoding: line, as: UTF8.self).unicodeScalars.map {
          $0.isUnprintable && $0 != "\t" ? "?" : $0
        }))
  }
}

import Mail

extension FuzzTarget {
  /// Messages: what the appliance looks for in a header, and texts that come through no listener.
  static let header = FuzzTarget("header") { bytes in
    let summary = HeaderSummary(of: bytes[...])
    for text in [summary.messageID, summary.subject].compactMap(\.self) {
      try require(
        !text.utf8.contains(10) && !text.utf8.contains(13), "a value is one line", text)
      // A byte that is no text becomes a replacement character of three bytes.
      try require(text.utf8.count <= 1500, "a value is short")
    }
    try require(summary.hops <= bytes.count / 9, "a hop is a header")
    let message = InjectedMessage(sender: "", recipients: ["a@b"], text: bytes)
    let again = InjectedMessage(sender: "", recipients: ["a@b"], text: message.content)
    try require(again.content == message.content, "whole lines stay as they are")
  }
}

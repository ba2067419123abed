import Transcripts

extension FuzzTarget {
  /// What a session sends to a terminal, turned into lines.
  ///
  /// The first byte is the window's width. However the bytes come, the lines are the same.
  static let screen = FuzzTarget("screen") { bytes in
    var input = FuzzInput(bytes)
    let columns = Int(input.byte())
    var whole = LineScreen(columns: columns)
    whole.show(input.rest)
    var crumbs = LineScreen(columns: columns)
    for crumb in input.crumbs { crumbs.show(crumb) }
    try require(
      whole.line == crumbs.line && whole.tail == crumbs.tail
        && whole.takeLines() == crumbs.takeLines(), "however bytes come, the lines are the same")
    try require(whole.line.isHarmless || whole.line.contains("\t"), "a line moves no cursor")
    try watch(input.rest, columns)
  }

  /// A session over a line without events, held against a short transcript.
  private static func watch(_ bytes: ArraySlice<UInt8>, _ columns: Int) throws {
    let transcript = try Transcript("a.b> version\n...\na.b> exit\n", file: "any")
    var matcher = Matcher(transcript)
    var now = ContinuousClock.now
    var session = ByteSession(columns: columns, at: now)
    for byte in bytes {
      session.receive(CollectionOfOne(byte), at: now)
      now += .milliseconds(Int(byte) * 40)
      if case .event(let event) = session.verdict(expectedBy: matcher, at: now) {
        matcher.receive(event)
        if case .reply(let reply) = matcher.next() { _ = session.answer(reply, to: event.kind) }
      }
    }
    session.end()
    _ = session.verdict(expectedBy: matcher, at: now)
  }
}

/// A line that begins with `%`: what is done at this place, not what is shown.
public enum Directive: Equatable, Sendable {
  /// Typed where nothing is echoed.
  case secret(String)
  /// One key instead of a line.
  case key(Key)
  /// A file's lines, pasted, and the dot after them.
  case paste(file: String)
  /// A file beside the transcript goes into the appliance's `configuration/` folder.
  case upload(file: String, name: String)
  /// A file of that name must have been written into `configuration/`.
  case expectFile(String)
  /// A command outside the appliance; its output is compared like the session's.
  case shell(String)
  /// The appliance's clock goes forward, in seconds.
  case advance(seconds: Int)
  /// A test message is sent into a listener.
  case mail(from: String, to: String, options: [String])
  /// A mail log line must appear within a bound.
  case log(pattern: String)
  /// A remote mail server that behaves in a chosen way.
  case peer(name: String, behaviour: String)
  /// From here on another session is meant; it is opened at its first use.
  case session(name: String, user: String?)

  /// Whether it answers a question of the session, instead of acting on the world.
  var isAnswer: Bool {
    switch self {
    case .secret, .key, .paste: true
    default: false
    }
  }

  /// Whether what the session shows must be complete before it: its own output or another's follows.
  var isBarrier: Bool {
    switch self {
    case .shell, .session: true
    default: false
    }
  }

  /// Whether it can act before the session has shown anything.
  var actsBeforeSession: Bool {
    if case .shell = self { false } else { !isAnswer }
  }
}

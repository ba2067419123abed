/// The texts that tell who did what: lines of cli_logs and system_logs.
public enum AuditLog {
  /// What a user entered.
  public enum Input: Equatable, Sendable {
    /// A line that was shown as it was typed.
    case text(String)
    /// A passphrase, or a line of a pasted private key: only the fact is kept.
    case secret
  }

  /// `PID 612: User admin entered 'certconfig'; prompt was '\nmail.example.com> '`.
  ///
  /// Line ends are written `\n`, a quote and a backslash with a backslash before them, so that
  /// nobody can enter a line that reads like another one's end.
  ///
  /// - Parameters:
  ///   - input: what was entered.
  ///   - prompt: all output since the last entry, up to the end of the prompt.
  ///   - user: who entered it.
  ///   - process: the session's process ID.
  public static func entry(
    _ input: Input, prompt: String, user: String, process: Int32
  ) -> String {
    let entered: String
    switch input {
    case .text(let text): entered = escaped(text)
    case .secret: entered = "***"
    }
    return "PID \(process): User \(user) entered '\(entered)'; prompt was '\(escaped(prompt))'"
  }

  /// `PID 612: User admin commit changes: comment`.
  ///
  /// - Parameters:
  ///   - comment: the commit's comment.
  ///   - user: who committed.
  ///   - process: the session's process ID.
  public static func commit(comment: String, user: String, process: Int32) -> String {
    "PID \(process): User \(user) commit changes: \(comment)"
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result.append(contentsOf: #"\n"#.unicodeScalars)
      case "'", "\\": result.append(contentsOf: ["\\", scalar])
      // A terminal's own line ends carry one more, which tells nothing.
      case "\r": continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

import Foundation

/// The variables that sessions inherit from the server; nothing comes from a client but `TERM`.
enum PassedEnvironment {
  private static let names = [
    "HOME", "PATH", "TMPDIR", "TZ", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "USER",
  ]

  /// The variables for a session.
  ///
  /// - Parameter terminal: the client's name for its terminal; one with strange bytes becomes `dumb`.
  static func variables(terminal: String? = nil) -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    var variables = own.filter { names.contains($0.key) }
    // A crash ends a process at once: a client that finds one shall not make the machine draw traces.
    variables["SWIFT_BACKTRACE"] = "enable=no"
    if let terminal { variables["TERM"] = isName(terminal) ? terminal : "dumb" }
    return variables
  }

  private static func isName(_ terminal: String) -> Bool {
    (1...64).contains(terminal.utf8.count)
      && terminal.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "+-._".unicodeScalars.contains($0))
      }
  }
}

import Synchronization

/// Shows long output a window at a time.
public final class Pager: Sendable {
  /// What the user is asked at the end of each page; any key goes on, `q` leaves the rest.
  public static let prompt = "-Press Any Key For More-"

  let terminal: any Terminal
  private let isOnState = Mutex(true)

  init(terminal: any Terminal) { self.terminal = terminal }

  /// Whether long output stops at the end of each page.
  var isOn: Bool {
    get { isOnState.withLock { $0 } }
    set { isOnState.withLock { $0 = newValue } }
  }

  /// Shows a text; `q` at the pager's prompt drops the rest.
  func show(_ text: String) async throws(InputEnd) {
    guard isOn, let window = await terminal.window, window.rows > 1, window.columns > 0 else {
      return await terminal.write(text + "\n")
    }
    var page = ""
    var rows = 0
    // By scalars: CR LF, with which showconfig ends its lines, is one character.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.map(Substring.init) {
      let width = line.last == "\r" ? line.count - 1 : line.count
      let height = max(1, (width + window.columns - 1) / window.columns)
      if rows > 0, rows + height > window.rows - 1 {
        await terminal.write(page)
        if try await terminal.readKey(Self.prompt).lowercased() == "q" { return }
        page = ""
        rows = 0
      }
      page += line + "\n"
      rows += height
    }
    await terminal.write(page)
  }
}

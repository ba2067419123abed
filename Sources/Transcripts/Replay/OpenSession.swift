import Dialogue

/// A session that was opened on a bench: its terminal and the task that runs its shell.
struct OpenSession {
  /// The session that is current when no `%session` has named another.
  static let firstName = "main"

  let terminal: ReplayTerminal
  let task: Task<Void, Never>
  /// What it waits for while another session is current.
  var held: HeldSession?

  init(_ name: String, user: String?, window: WindowSize?, on bench: any Bench) {
    let terminal = ReplayTerminal(window: window)
    self.terminal = terminal
    task = Task {
      await bench.session(named: name, user: user, on: terminal)
      await terminal.end()
    }
  }
}

import ArgumentParser
import Dialogue
import Foundation
import LineEditor
import SSHClient
import Transcripts

/// `esash record`: a session on an appliance somewhere else, written down as a transcript.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Hold a session by SSH and write it down as a transcript.",
    discussion: """
      ssh asks for the passphrase itself, before the recording begins. Status: 0 recorded, 2 no \
      connection.
      """)

  @OptionGroup var remote: SSHOptions
  @Flag(name: .long, help: "Leave secrets out of the transcript.") var redact = false
  @Argument(help: "The transcript; it must not exist.") var file: String

  func validate() throws {
    guard remote.ssh != nil else { throw ValidationError("Give the appliance with --ssh.") }
  }

  func run() async throws {
    guard let appliance = remote.appliance else { return }
    let connecting = Task { try await appliance.connect() }
    // From here on nothing ends the process but its own last line: a login that is given up leaves
    // no socket behind.
    let signals = SignalPipe()
    signals?.observe { if $0 != .windowChange { connecting.cancel() } }
    signals?.activate()
    do {
      try await connecting.value
      try await record(on: appliance, signals)
    } catch {
      await appliance.close()
      throw CouldNotRun(error)
    }
    await appliance.close()
  }

  private func record(on appliance: RemoteAppliance, _ signals: SignalPipe?) async throws {
    guard let terminal = RawTerminal() else {
      throw CouldNotRun("A session is recorded at a terminal; here is none.")
    }
    defer { terminal.close() }
    let window = terminal.window
    let scribe = try SessionScribe(
      file: URL(fileURLWithPath: file), isRedacted: redact, window: window)
    let session = try await RecordedSession(
      on: appliance, scribe: scribe, window: window ?? .init(rows: 24, columns: 80)
    ) { terminal.write($0) }
    signals?.observe { signal in
      if signal != .windowChange {
        session.hangUp()
      } else if let window = terminal.window {
        session.setWindow(window)
      }
    }
    Thread.detachNewThread {
      while true {
        let keys = terminal.read()
        guard !keys.isEmpty else { return session.hangUp() }
        session.type(keys)
      }
    }
    try await session.waitUntilEnded()
  }
}

public import Dialogue
public import Foundation

/// The world of one replay: an appliance, its sessions, and what a transcript may ask of them.
///
/// Every throw says in one sentence why the replay cannot go on (status 2).
public protocol Bench: Sendable {
  /// Makes a fresh appliance: factory state, or the saved configuration that `header` names.
  ///
  /// - Parameters:
  ///   - header: start state, release, clock, and whether an engine runs; `appliance` is never
  ///     another transcript here.
  ///   - folder: the transcript's folder, from which paths are meant.
  func prepare(_ header: TranscriptHeader, folder: URL) async throws

  /// Goes on with the appliance as the last transcript left it, for one that starts from there.
  ///
  /// All sessions of that one are over. Clock and engine are taken from `header`.
  func proceed(_ header: TranscriptHeader, folder: URL) async throws

  /// Opens a session.
  ///
  /// - Parameters:
  ///   - name: the transcript's name for it; `main` for the one that is open from the start.
  ///   - user: who is logged in, or nil for the usual one.
  ///   - window: the screen that the transcript asks for, or nil for one on which nothing is paged.
  func open(
    session name: String, user: String?, window: WindowSize?
  ) async throws -> any PlayedSession

  /// Puts bytes into the appliance's `configuration/` folder.
  func upload(_ content: Data, as name: String) async throws

  /// What `configuration/` holds under that name, or nil.
  func configurationFile(named name: String) async throws -> Data?

  /// Moves the appliance's calendar ahead.
  func advance(seconds: Int) async throws

  /// Runs a command outside the appliance and returns what it printed, both streams in order.
  func shell(_ command: String) async throws -> String

  /// The file of that name that a `%sh` command left where it ran, or nil.
  ///
  /// `%paste` and `%upload` look there for what does not lie beside the transcript, such as a
  /// certificate that was signed on the way.
  func workFile(named name: String) async -> URL?

  /// Waits for a mail log line that the regular expression fits; false when none came in time.
  func awaitLog(_ pattern: String) async throws -> Bool

  /// Sends a test message into a listener.
  func mail(from: String, to: String, options: [String]) async throws

  /// Starts a remote mail server that behaves in a chosen way.
  func peer(named name: String, behaviour: String) async throws

  /// Takes the world down; nothing is called after it.
  func close() async
}

extension Bench {
  /// None: a bench whose commands leave no files.
  public func workFile(named name: String) async -> URL? { nil }

  /// Refuses: a bench without an engine has no listener to send to.
  public func mail(from: String, to: String, options: [String]) async throws {
    throw UnsupportedDirective(name: "%mail", needs: "a bench that can send messages")
  }

  /// Refuses: a bench without a network has no place for a peer.
  public func peer(named name: String, behaviour: String) async throws {
    throw UnsupportedDirective(name: "%peer", needs: "a bench that can run remote mail servers")
  }
}

/// A bench that runs the shells of its sessions itself.
public protocol ShellBench: Bench {
  /// Runs a session's shell to its end.
  ///
  /// - Parameters:
  ///   - name: the transcript's name for it; `main` for the one that is open from the start.
  ///   - user: who is logged in, or nil for the administrator.
  func session(named name: String, user: String?, on terminal: any Terminal) async
}

extension ShellBench {
  /// Starts a shell; nothing is paged without a window.
  public func open(
    session name: String, user: String?, window: WindowSize?
  ) async throws -> any PlayedSession {
    ShellSession(window: window) { await self.session(named: name, user: user, on: $0) }
  }
}

/// A directive that this bench cannot carry out.
public struct UnsupportedDirective: Error, Equatable, Sendable, CustomStringConvertible {
  /// The directive, with its `%`.
  public let name: String
  /// What would be needed for it.
  public let needs: String

  /// Makes the error.
  public init(name: String, needs: String) {
    self.name = name
    self.needs = needs
  }

  /// One sentence for a user.
  public var description: String { "\(name) needs \(needs)." }
}

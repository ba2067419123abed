public import Dialogue
public import Foundation
import Programs
public import Transcripts

/// A bench around an appliance that is reached by SSH and by nothing else.
///
/// It cannot be put into a start state: a transcript begins with the appliance as it is. What the
/// header says of clock, release and engine is the far end's business.
public struct RemoteBench: Bench {
  private let appliance: RemoteAppliance

  /// Makes the bench of one replay.
  public init(_ appliance: RemoteAppliance) {
    self.appliance = appliance
  }

  /// Logs in.
  public func prepare(_ header: TranscriptHeader, folder: URL) async throws {
    if case .configuration(let file) = header.appliance {
      throw SSHTrouble("\(file) cannot be made the start state of an appliance over SSH.")
    }
    try await appliance.connect(as: header.user)
  }

  /// Goes on with the appliance as it is.
  public func proceed(_ header: TranscriptHeader, folder: URL) async throws {
    try await appliance.connect(as: header.user)
  }

  /// Opens a session on a terminal of its own.
  public func open(
    session name: String, user: String?, window: WindowSize?
  ) async throws -> any PlayedSession {
    try RemoteSession(over: try await appliance.connection(of: user), window: window)
  }

  /// Copies a file into `/configuration` by scp.
  public func upload(_ content: Data, as name: String) async throws {
    try await withScratchFile { file in
      try content.write(to: file)
      let (status, words) = try await appliance.connection(of: nil).send(
        file.path, to: "/configuration/\(name)"
      ).output()
      guard status == 0 else { throw SSHTrouble("scp does not bring \(name) there. \(words)") }
    }
  }

  /// Copies a file from `/configuration` by scp.
  public func configurationFile(named name: String) async throws -> Data? {
    try await withScratchFile { file in
      let (status, words) = try await appliance.connection(of: nil).fetch(
        "/configuration/\(name)", to: file.path
      ).output()
      if status == 0 { return try Data(contentsOf: file) }
      if words.localizedCaseInsensitiveContains("no such file") { return nil }
      throw SSHTrouble("scp does not bring \(name) here. \(words)")
    }
  }

  private func withScratchFile<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esash-copy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appendingPathComponent("file"))
  }

  /// Refuses: the far end's calendar is its own.
  public func advance(seconds: Int) async throws { throw RemoteBench.refusal("%advance") }

  /// Refuses: such commands look into the appliance's directory.
  public func shell(_ command: String) async throws -> String {
    throw RemoteBench.refusal("%sh")
  }

  /// Refuses: the mail log is a file of the appliance.
  public func awaitLog(_ pattern: String) async throws -> Bool {
    throw RemoteBench.refusal("%log")
  }

  /// Refuses: the listeners are in the far end's network.
  public func mail(from: String, to: String, options: [String]) async throws {
    throw RemoteBench.refusal("%mail")
  }

  /// Refuses: the far end would not reach the peer.
  public func peer(named name: String, behaviour: String) async throws {
    throw RemoteBench.refusal("%peer")
  }

  /// Does nothing: the connections are for all replays.
  public func close() async {}

  private static func refusal(_ name: String) -> UnsupportedDirective {
    UnsupportedDirective(name: name, needs: "an appliance on this machine; over SSH it has none")
  }
}

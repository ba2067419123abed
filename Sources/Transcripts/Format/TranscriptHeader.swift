public import Dialogue
public import Foundation

/// What stands between the two `---` lines at the top of a transcript.
public struct TranscriptHeader: Equatable, Sendable {
  /// The state in which the appliance is when the session begins.
  public enum Start: Equatable, Sendable {
    /// A fresh appliance as it left the factory.
    case factory
    /// A saved configuration (XML) in the transcript's folder.
    case configuration(String)
    /// The end state of another transcript, by its path from this one's folder.
    case transcript(String)
  }

  /// One line that says what the session shows.
  public var title: String?
  /// Where the session starts from.
  public var appliance: Start = .factory
  /// The release, such as `14.2`, or nil for the default one.
  public var asyncos: String?
  /// Whether the outside (mail, HTTPS) is looked at, so that an engine must run.
  public var engine = false
  /// The appliance's calendar at the start: frozen without an engine, an offset with one.
  public var clock: Date?
  /// The sections of the guide that the session shows, such as `G5`.
  public var guide: [String] = []
  /// Who is logged in, or nil for the administrator.
  public var user: String?
  /// The screen, or nil for none; output is paged only on a screen.
  public var window: WindowSize?

  /// Makes the header of a file that has none: a factory-fresh appliance without an engine.
  public init() {}
}

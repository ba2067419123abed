public import Configuration
public import ConfigurationStore
public import Dialogue

/// A command of the shell: how it is found and explained, and what it does.
public struct Command: Sendable {
  /// The groups under which `help` lists commands.
  public enum Group: String, Sendable, CaseIterable {
    case configuration = "Configuration"
    case commit = "Commit and configuration files"
    case mail = "Mail flow"
    case network = "Network"
    case logs = "Logs"
    case session = "Session and system"

    /// Whom its commands are for, unless they say otherwise: viewers see what configures too.
    var access: Access { self == .configuration ? .viewers : .operators }
  }

  /// The word that is typed.
  public let name: String
  /// Other words for it.
  public let aliases: [String]
  /// Where `help` lists it.
  public let group: Group
  /// Whom it is for.
  public let access: Access
  /// What it does, in one line.
  public let summary: String
  /// The operations of its first menu; empty when it has none.
  public let operations: [any MenuOperation]
  /// Its batch forms; empty when it only asks.
  public let usage: [String]
  /// What should be known before it is used, such as settings that have no effect so far.
  public let notes: [String]
  /// The places in the appliance's GUI that it stands for, such as `Network > Certificates`.
  public let guiPaths: [String]
  /// Whether its output may hold secrets and is kept out of `cli_logs`.
  public let isConfidential: Bool
  /// Whether a release has it; in the others it is unknown.
  public let isPart: @Sendable (Release) -> Bool
  /// Runs it.
  public let run: @Sendable (CommandContext) async throws -> Void

  /// Makes a command; it is for those that its group is for, if no `access` is given.
  public init(
    _ name: String, aliases: [String] = [], group: Group, access: Access? = nil, summary: String,
    operations: [any MenuOperation] = [], usage: [String] = [], notes: [String] = [],
    guiPaths: [String] = [], isConfidential: Bool = false,
    isPart: @escaping @Sendable (Release) -> Bool = { _ in true },
    run: @escaping @Sendable (CommandContext) async throws -> Void
  ) {
    self.name = name
    self.aliases = aliases
    self.group = group
    self.access = access ?? group.access
    self.summary = summary
    self.operations = operations
    self.usage = usage
    self.notes = notes
    self.guiPaths = guiPaths
    self.isConfidential = isConfidential
    self.isPart = isPart
    self.run = run
  }

  /// The commands that an appliance's release has, in the order of `help`.
  public static func all(of appliance: Appliance) -> [Command] {
    all.filter { $0.isPart(appliance.release) }
  }
}

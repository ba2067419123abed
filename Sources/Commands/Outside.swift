public import Control

/// What commands may reach outside their session: one protocol for each thing that acts.
public struct Outside: Sendable {
  /// Whoever serves the committed configuration.
  public var engine: any EngineControl
  /// The appliance's log files.
  public var logs: any LogReading
  /// Whoever takes the appliance's own messages.
  public var mail: any MailSubmitting
  /// Whoever opens connections.
  public var dialing: any RemoteDialing
  /// Whoever knows names.
  public var names: any NameLookup
  /// Whoever tries how mail would leave.
  public var probing: any MailProbing
  /// Whoever asks the web security service.
  public var webService: any WebServiceProbing
  /// Whoever talks with directory servers.
  public var directories: any DirectoryProbing

  /// Makes the outside.
  public init(
    engine: any EngineControl, logs: any LogReading, mail: any MailSubmitting,
    names: any NameLookup, probing: any MailProbing, dialing: any RemoteDialing,
    webService: any WebServiceProbing, directories: any DirectoryProbing
  ) {
    self.engine = engine
    self.logs = logs
    self.mail = mail
    self.dialing = dialing
    self.names = names
    self.probing = probing
    self.webService = webService
    self.directories = directories
  }
}

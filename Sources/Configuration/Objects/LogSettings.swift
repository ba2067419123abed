/// What a log holds.
public enum LogType: String, Codable, Sendable, CaseIterable {
  case authentication, cli, mail, system

  /// The type's name in lists.
  public var title: String {
    switch self {
    case .authentication: "Authentication Logs"
    case .cli: "CLI Audit Logs"
    case .mail: "Text Mail Logs"
    case .system: "System Logs"
    }
  }
}

/// A log that somebody wants kept: its files, and what goes into them.
public struct LogSubscription: Codable, Hashable, Sendable {
  /// How much is logged: each has what those before it have.
  public enum Level: String, Codable, Sendable, CaseIterable {
    case critical = "Critical"
    case warning = "Warning"
    case information = "Information"
    case debug = "Debug"
    case trace = "Trace"
  }

  /// The name in lists, such as `mail_logs`.
  public var name: String
  /// What it holds.
  public var type: LogType
  /// The name of its files, before `.current`.
  public var file: String
  /// How much is logged.
  public var level: Level
  /// Bytes after which a new file begins.
  public var rolloverSize: Int
  /// Files that are kept, the current one included.
  public var maximumFiles: Int
  /// How the files get to where they are read.
  public var retrieval: LogRetrieval

  /// Makes a subscription; by default with the factory's settings.
  public init(
    name: String, type: LogType, file: String, level: Level = .information,
    rolloverSize: Int = 10 << 20, maximumFiles: Int = 10, retrieval: LogRetrieval = LogRetrieval()
  ) {
    self.name = name
    self.type = type
    self.file = file
    self.level = level
    self.rolloverSize = rolloverSize
    self.maximumFiles = maximumFiles
    self.retrieval = retrieval
  }

  /// The bytes that a file may have.
  public static let sizes = 100 << 10...100 << 20
  /// How many files may be kept.
  public static let fileCounts = 2...100
}

/// How log files get to where they are read.
public struct LogRetrieval: Codable, Hashable, Sendable {
  /// Who carries them.
  public enum Method: String, Codable, Sendable, CaseIterable {
    /// They stay on the appliance until somebody takes them.
    case manual
    /// Each full file is copied to a host.
    case scp
    /// Each line is sent to a syslog server (RFC 5424).
    case syslog
  }

  /// Who carries them; what follows matters to some methods only.
  public var method = Method.manual
  /// The host that gets them.
  public var host = ""
  /// Its port.
  public var port = 22
  /// The user on it.
  public var user = ""
  /// The folder on it.
  public var directory = ""
  /// The facility of a syslog server.
  public var facility = "mail"

  /// Makes the factory's settings: manual.
  public init() {}

  /// The name in lists.
  public var title: String {
    switch method {
    case .manual: "Manual Download"
    case .scp: "SCP Push - Host \(host)"
    case .syslog: "Syslog Push - Host \(host)"
    }
  }
}

/// Which logs are kept, and how (`logconfig`).
public struct LogSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.log

  /// The logs, by name.
  public var subscriptions: [LogSubscription] = Self.factory(rolloverSize: 10 << 20, files: 10)
  /// Whether the mail log tells the Message-ID of each message.
  public var logsMessageIdentifier = true
  /// Whether the mail log tells the subject of each message.
  public var logsSubject = true

  /// Makes the factory's settings.
  public init() {}

  private static func factory(rolloverSize: Int, files: Int) -> [LogSubscription] {
    let logs: [(String, LogType)] = [
      ("authentication", .authentication), ("cli_logs", .cli), ("mail_logs", .mail),
      ("system_logs", .system),
    ]
    return logs.map { name, type in
      LogSubscription(
        name: name, type: type, file: type.rawValue, rolloverSize: rolloverSize,
        maximumFiles: files)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case subscriptions, logsMessageIdentifier, logsSubject
    // Rows and files before there were subscriptions: one size and number for all.
    case rolloverSize, maximumFiles
  }

  /// Decodes settings, also those that were written before there were subscriptions.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard let logs = try container.decodeIfPresent([LogSubscription].self, forKey: .subscriptions)
    else {
      subscriptions = Self.factory(
        rolloverSize: try container.decode(Int.self, forKey: .rolloverSize),
        files: try container.decode(Int.self, forKey: .maximumFiles))
      return
    }
    subscriptions = logs
    logsMessageIdentifier = try container.decode(Bool.self, forKey: .logsMessageIdentifier)
    logsSubject = try container.decode(Bool.self, forKey: .logsSubject)
  }

  /// Encodes the settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(subscriptions, forKey: .subscriptions)
    try container.encode(logsMessageIdentifier, forKey: .logsMessageIdentifier)
    try container.encode(logsSubject, forKey: .logsSubject)
  }

  /// The subscription of this name, or nil.
  public subscript(name: String) -> LogSubscription? { subscriptions.first { $0.name == name } }

  /// The subscriptions that hold one type.
  public func subscriptions(of type: LogType) -> [LogSubscription] {
    subscriptions.filter { $0.type == type }
  }
}

public import Configuration
public import Foundation

/// One commit as the history keeps it.
public struct VersionRecord: Hashable, Sendable {
  /// Counts from 1, the factory's configuration.
  public let number: Int
  /// When it was committed, on the appliance's calendar.
  public let date: Date
  /// Who committed it.
  public let user: String
  /// What the user said of it; may be empty.
  public let comment: String
  /// Whether `rollbackconfig` offers it.
  public let isKeptForRollback: Bool

  /// Makes a record.
  public init(
    number: Int, date: Date, user: String, comment: String, isKeptForRollback: Bool
  ) {
    self.number = number
    self.date = date
    self.user = user
    self.comment = comment
    self.isKeptForRollback = isKeptForRollback
  }
}

/// A configuration as it was committed.
public struct CommittedConfiguration: Sendable {
  /// The version's number.
  public let version: Int
  /// What it holds.
  public let configuration: Configuration

  /// Makes a committed configuration.
  public init(version: Int, configuration: Configuration) {
    self.version = version
    self.configuration = configuration
  }
}

/// What became of an attempt to commit.
public enum CommitOutcome: Sendable {
  /// Nothing differed from what is committed.
  case nothing
  /// It stands in the history under this record.
  case committed(VersionRecord)
  /// Another session committed other values of these objects meanwhile.
  case conflict([ObjectKey])
}

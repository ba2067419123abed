public import Configuration
import ConfigurationStore

/// Whom a command is for: each is for those below it too.
public enum Access: Int, Sendable, Comparable {
  /// Whoever is logged in, guests included: status and the session itself.
  case everyone
  /// Those who look at the configuration: read-only operators may change it, but never commit.
  case viewers
  /// Those who run the appliance: operators do all but what concerns users.
  case operators
  /// Administrators.
  case administrators
  /// The user `admin` alone.
  case admin

  /// Fewer may use what is greater.
  public static func < (left: Access, right: Access) -> Bool { left.rawValue < right.rawValue }

  /// How far a user's role reaches; nil for a user whom the configuration lacks.
  public init?(user: String, role: Role?) {
    switch role {
    case .administrator: self = user == User.adminName ? .admin : .administrators
    case .operator: self = .operators
    case .readOnly: self = .viewers
    case .guest: self = .everyone
    case nil: return nil
    }
  }
}

extension CommandContext {
  /// How far the user's role reaches.
  func access() async throws -> Access? {
    Access(user: session.user, role: try await session.role())
  }

  /// Whether the user may change users, and what they may do.
  func mayChangeUsers() async throws -> Bool { try await session.role() == .administrator }

  /// Refuses viewers something that a command which they may use can do as well.
  ///
  /// - Throws: `OperationFailed` that names it.
  func requireOperator(_ something: String) async throws {
    guard let access = try await access(), access >= .operators else {
      throw OperationFailed("Your role does not allow you \(something).")
    }
  }
}

public import Configuration
public import ConfigurationStore

/// An appliance in a directory of its own, with nothing left to chance; both go with the value.
public struct TestAppliance: Sendable {
  /// Where it lives.
  public let directory: TemporaryDirectory
  /// The appliance.
  public let appliance: Appliance
  /// Its committed configuration and history.
  public var store: ConfigurationStore { appliance.store }

  /// Makes a factory-fresh appliance.
  public init(release: Release? = nil) async throws {
    directory = try TemporaryDirectory()
    appliance = try await Appliance(
      at: directory.path("appliance"), release: release, environment: .test())
  }

  /// The same appliance opened once more, as another process would.
  public func openedAgain() async throws -> Appliance {
    try await Appliance(at: appliance.directory, environment: .test())
  }

  /// A session of a user on it.
  public func session(_ user: String = "admin") async throws -> Session {
    try await Session(user: user, store: store)
  }
}

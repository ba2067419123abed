public import Resolver

/// A way in for users that opens and closes with an engine: the SSH server.
public protocol RemoteDoor: Sendable {
  /// Serves at just these places from the return on.
  ///
  /// - Parameters:
  ///   - places: the endpoints, with the interfaces' names.
  ///   - map: tells which addresses clients have in the appliance's world.
  func serve(at places: [Endpoint: String], map: AddressMap) async

  /// A sentence for each place where it does not serve.
  var troubles: [String] { get async }

  /// Ends all sessions.
  func shutDown() async
}

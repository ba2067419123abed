import ConfigurationStore
import Foundation
@testable import RemoteAccess
import TestSupport
import Testing

/// How long a connection lasts whose client does not log in.
@Suite struct ConnectionTests {
  /// Two sockets that are connected with each other.
  private func pair() throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    return (ends[0], ends[1])
  }

  private func serve(
    loginTime: Duration, _ client: @escaping @Sendable (_ client: Int32, _ server: Int32) -> Void
  ) async throws {
    let directory = try TemporaryDirectory()
    let appliance = try await Appliance(at: directory.path, environment: .test())
    _ = try await HostKeys.prepare(of: appliance)
    let (near, far) = try pair()
    let (server, connection) = try pair()
    var rules = ConnectionRules()
    rules.loginTime = loginTime
    Thread.detachNewThread { client(far, server) }
    try await SSHConnection.serve(
      socket: near, server: connection, from: "10.0.0.9", to: appliance, rules, record: { _ in })
    for descriptor in [far, connection] { close(descriptor) }
  }

  @Test(.timeLimit(.minutes(10)))
  func aSilentClientIsGivenUp() async throws {
    try await serve(loginTime: .seconds(1)) { _, _ in }
  }

  @Test(.timeLimit(.minutes(10)))
  func aClientThatSaysItsNameAndNoMoreIsGivenUp() async throws {
    try await serve(loginTime: .seconds(1)) { client, _ in
      let name = "SSH-2.0-silent\r\n"
      _ = write(client, name, name.utf8.count)
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func aClientThatDripsIsGivenUp() async throws {
    try await serve(loginTime: .seconds(1)) { client, _ in
      // One byte after the other, for as long as anybody reads.
      signal(SIGPIPE, SIG_IGN)
      for byte in "SSH-2.0-slow".utf8 {
        var byte = byte
        guard write(client, &byte, 1) == 1 else { return }
        usleep(300_000)
      }
    }
  }

  @Test func theKeysAreMadeOnceAndAreTheOwnersAlone() async throws {
    let directory = try TemporaryDirectory()
    let appliance = try await Appliance(at: directory.path, environment: .test())
    let first = try await HostKeys.prepare(of: appliance)
    let second = try await HostKeys.prepare(of: appliance)
    #expect(first.fingerprint != nil && first.fingerprint == second.fingerprint)
    #expect(first.paths.count == 3)
    for path in first.paths {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }
}

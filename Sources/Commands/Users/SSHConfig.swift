import Configuration
import ConfigurationStore
import Dialogue

/// `sshconfig`: the keys with which users log in over SSH.
struct SSHConfig {
  let context: CommandContext

  enum Operation: String, MenuOperation, CaseIterable {
    case userKey = "USERKEY"

    var summary: String { "Edit SSH User Key settings" }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .userKey: try await UserKeyMenu(context: context).run()
      }
    }
  }
}

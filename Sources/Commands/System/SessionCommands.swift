import Configuration
import ConfigurationStore
import Dialogue

/// `version`: which release runs, on which appliance.
struct Version {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    await context.conversation.say(
      """

      Current Version
      ===============
      Product: Cisco C100V Secure Email Gateway Virtual
      Model: C100V
      Version: \(context.release.versionAndBuild)
      Serial #: \(context.appliance.serialNumber)
      """)
  }
}

/// `whoami`: who holds the session.
struct WhoAmI {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let name = context.session.user
    let user = try await context.session.store.committed().configuration.users[name]
    await context.conversation.say(
      """

      Username: \(name)
      Full Name: \(user?.fullName ?? "")
      Groups: \(user?.role.rawValue ?? "none")
      """)
  }
}

/// `setttymode`: `0 1` switches paging off for the session, `1 1` on again.
///
/// The second number is the appliance's own flag for the kind of change; scripts send 1.
struct SetTTYMode {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.count == 2, ["0", "1"].contains(context.arguments[0]),
      context.arguments[1] == "1"
    else { throw InvalidArguments() }
    context.conversation.setPaging(context.arguments[0] == "1")
  }
}

/// `clustermode`: accepted silently for the machine itself, since orchestrators send it.
struct ClusterMode {
  let context: CommandContext

  func run() async throws {
    let words = context.arguments.map { $0.lowercased() }
    switch (words.first, words.count) {
    case ("cluster", 1): return
    case ("machine", 2) where words[1] == context.hostName.lowercased(): return
    case ("group", 2), ("machine", 2):
      throw OperationFailed("\"\(context.arguments[1])\" is not a member of a cluster.")
    default: throw InvalidArguments()
    }
  }
}

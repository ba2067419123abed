import ConfigurationStore
import Dialogue

/// `kick`: ends sessions of others, with all that is pending in them; it acts at once.
struct Kick {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let others = try await context.appliance.sessions.present().filter {
      $0.number != context.session.login
    }
    let chosen: [Login]
    switch context.arguments.count {
    case 0:
      guard !others.isEmpty else { throw OperationFailed("There is no other session.") }
      let items = others.map { login in
        Choice("\(login.user) from \(login.origin) since \(DateText.minute(login.began))", [login])
      }
      guard
        let picked = try await c.pick(
          "Which session do you want to end?", from: items, isBelow: true)
      else { return }
      chosen = picked
    case 1:
      chosen = others.filter { $0.user == context.arguments[0] }
      guard !chosen.isEmpty else {
        throw OperationFailed("There is no other session of \"\(context.arguments[0])\".")
      }
    default: throw InvalidArguments()
    }
    for login in chosen { try await end(login) }
  }

  private func end(_ login: Login) async throws {
    let user = context.session.user
    switch try await context.appliance.sessions.kick(login, by: user) {
    case .gone: throw OperationFailed("The session of \(login.user) is over already.")
    case .ended: await c.say("\nThe session of \(login.user) was ended.")
    case .ending: await c.say("\nThe session of \(login.user) ends with its present command.")
    }
    context.events.append(.kicked(user: login.user, by: user))
  }
}

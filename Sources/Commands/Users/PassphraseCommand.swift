import Configuration
import ConfigurationStore
import Dialogue
import PKI

/// `passphrase`, `password`, `passwd`: the user's own passphrase; it acts at once.
struct PassphraseCommand {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let user = context.session.user
    let accounts = context.appliance.accounts
    if try await accounts.status(of: user).hasPassphrase { try await confirmOld(user) }
    let policy = try await context.session.store.committed().configuration.accountPolicy
    try await accounts.setPassphrase(context.newPassphrase(of: user, policy: policy), of: user)
    context.events.append(.passphraseChanged(user: user, by: user))
    await c.say("\nPassphrase changed.")
  }

  /// Asks for the old one; a wrong one counts as a failed login.
  private func confirmOld(_ user: String) async throws {
    let old = try await c.secret("Old passphrase:")
    switch try await context.appliance.accounts.verify(user, passphrase: old) {
    case .accepted: return
    case .refused:
      context.events.append(.oldPassphraseWrong(user: user))
      throw OperationFailed("The old passphrase is incorrect.")
    case .locked:
      context.events.append(.locked(user: user, by: nil))
      throw OperationFailed("The account is locked; an administrator can unlock it.")
    }
  }
}

extension CommandContext {
  /// Asks for a new passphrase until it will do and was typed twice alike.
  ///
  /// - Throws: `OperationFailed` for an empty answer, which gives up.
  func newPassphrase(of user: String, policy: AccountPolicy) async throws -> String {
    while true {
      let passphrase = try await conversation.secret("New passphrase:")
      guard !passphrase.isEmpty else {
        throw OperationFailed("The passphrase was not changed.")
      }
      do throws(ConfigurationError) {
        try policy.check(passphrase, of: user)
      } catch {
        await conversation.say(error.description)
        continue
      }
      if try await conversation.secret("Retype new passphrase:") == passphrase { return passphrase }
      await conversation.say("The passphrases differ.")
    }
  }
}

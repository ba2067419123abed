import Configuration
import Dialogue

/// `userconfig` > POLICY: when accounts are locked, and what passphrases must be.
struct AccountPolicyMenu {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case account = "ACCOUNT"
    case passphrase = "PASSPHRASE"

    var summary: String {
      switch self {
      case .account: "Configure when accounts are locked."
      case .passphrase: "Configure what passphrases must be."
      }
    }
  }

  private var policy: AccountPolicy {
    get { context.draft.accountPolicy }
    nonmutating set { context.draft.accountPolicy = newValue }
  }

  func run() async throws {
    try await context.menu {
      await show()
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .account: try await setLock()
      case .passphrase: try await setRules()
      }
    }
  }

  private func show() async {
    let lock = policy.failuresBeforeLock.map { "after \($0) failed login attempts" } ?? "never"
    await c.say("\nAccounts are locked: \(lock)")
    var rules = ["at least \(policy.minimumLength) characters"]
    if policy.requiresMixedCase { rules.append("upper-case and lower-case letters") }
    if policy.requiresDigit { rules.append("a digit") }
    if policy.requiresSpecial { rules.append("a special character") }
    if policy.bansUserName { rules.append("nothing of the username in it") }
    await c.say("Passphrases must have:")
    for rule in rules { await c.say("  \(rule)") }
  }

  private func setLock() async throws {
    let present = policy.failuresBeforeLock
    let locks = try await c.confirm(
      "Do you want to lock accounts after failed login attempts?", default: present != nil)
    policy.failuresBeforeLock =
      locks
      ? try await c.ask(
        "Enter the number of failed login attempts after which an account is locked.",
        in: AccountPolicy.failureRange, default: present ?? 5) : nil
  }

  private func setRules() async throws {
    var rules = policy
    rules.minimumLength = try await c.ask(
      "Enter the minimum number of characters.", in: AccountPolicy.lengthRange,
      default: rules.minimumLength)
    rules.requiresMixedCase = try await c.confirm(
      "Require an upper-case and a lower-case letter?", default: rules.requiresMixedCase)
    rules.requiresDigit = try await c.confirm("Require a digit?", default: rules.requiresDigit)
    rules.requiresSpecial = try await c.confirm(
      "Require a special character?", default: rules.requiresSpecial)
    rules.bansUserName = try await c.confirm(
      "Ban the username and its reversal?", default: rules.bansUserName)
    policy = rules
  }
}

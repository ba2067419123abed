import Configuration
import ConfigurationStore
import Dialogue
import PKI

/// `userconfig`: who may log in, with which role and passphrase.
///
/// All but STATUS becomes true with the commit.
struct UserConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case policy = "POLICY"
    case passphrase = "PASSPHRASE"
    case status = "STATUS"

    var summary: String {
      switch self {
      case .new: "Create a new account."
      case .edit: "Modify an account."
      case .delete: "Remove an account."
      case .policy: "Change passphrase and account policy settings."
      case .passphrase: "Change the passphrase for a user."
      case .status: "Change the account status."
      }
    }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      try await showUsers()
    } operations: {
      let hasOthers = context.draft.users.count > 1
      return Operation.allCases.filter { hasOthers || $0 != .edit && $0 != .delete }
    } run: { operation in
      switch operation {
      case .new: try await add()
      case .edit: try await edit()
      case .delete: try await delete()
      case .policy: try await AccountPolicyMenu(context: context).run()
      case .passphrase: try await setPassphrase()
      case .status: try await changeStatus()
      }
    }
  }

  private func showUsers() async throws {
    await c.say("\nUsers:")
    for (index, (name, user)) in context.draft.users.all.enumerated() {
      let isLocked = try await context.appliance.accounts.status(of: name).lock != nil
      await c.say(
        "\(index + 1). \(name) - \"\(user.fullName)\" (\(user.role.group(of: name)))"
          + (isLocked ? " (locked)" : ""))
    }
    await c.say("\nExternal authentication: Disabled")
  }

  /// Asks for a user by number or name; nil for an empty answer.
  private func pickUser(_ question: String) async throws -> (name: String, value: User)? {
    let users = context.draft.users.all
    let number = try await c.pick(question, in: 1...users.count, names: users.map(\.name))
    return number.map { users[$0 - 1] }
  }

  // MARK: NEW, EDIT

  private func add() async throws {
    let name = try await c.ask("Enter the new username.", as: UserName.self).text
    guard context.draft.users[name] == nil else {
      throw OperationFailed("The user \"\(name)\" already exists.")
    }
    let fullName = try await c.ask("Enter the full name for \(name).", as: ShortText.self).text
    let role = try await askRole(of: name, present: .administrator)
    let hash = try await newHash(of: name)
    context.draft.users[name] = User(fullName: fullName, role: role)
    context.draft.credentials[name] = CredentialChange(passphrase: hash, isOfNewUser: true)
  }

  private func edit() async throws {
    guard let (name, present) = try await pickUser("Enter the username or number to edit.") else {
      return
    }
    guard name != User.adminName else {
      throw OperationFailed("The user \"admin\" cannot be edited, apart from its passphrase.")
    }
    var user = present
    user.fullName = try await c.ask(
      "Enter the full name for \(name).", as: ShortText.self,
      default: present.fullName.isEmpty ? nil : ShortText(present.fullName)
    ).text
    user.role = try await askRole(of: name, present: present.role)
    context.draft.users[name] = user
  }

  private func askRole(of name: String, present: Role) async throws -> Role {
    let roles = Role.allCases
    return try await c.choose(
      "Assign a role to \"\(name)\":",
      from: roles.map { Choice($0.explanation, $0, aliases: [$0.title]) },
      default: (roles.firstIndex(of: present) ?? 0) + 1)
  }

  // MARK: DELETE

  private func delete() async throws {
    guard let (name, _) = try await pickUser("Enter the username or number to delete.") else {
      return
    }
    guard name != User.adminName else {
      throw OperationFailed("The user \"admin\" cannot be deleted.")
    }
    guard name != context.session.user else {
      throw OperationFailed("Your own account cannot be deleted.")
    }
    guard
      try await c.confirm("Are you sure you want to delete the user \"\(name)\"?", default: false)
    else { return }
    context.draft.users[name] = nil
    context.draft.credentials[name] = nil
    await c.say("\nThe user \"\(name)\" was removed.")
  }

  // MARK: PASSPHRASE, STATUS

  private func setPassphrase() async throws {
    guard let (name, _) = try await pickUser("Enter the username or number to edit.") else {
      return
    }
    let hash = try await newHash(of: name)
    context.draft.credentials[name, default: CredentialChange()].passphrase = hash
    await c.say("\nThe passphrase of \"\(name)\" changes with the commit.")
  }

  private func newHash(of name: String) async throws -> PasswordHash {
    try await PasswordHash.make(
      of: context.newPassphrase(of: name, policy: context.draft.accountPolicy))
  }

  /// Locks or unlocks; a lock is a state and no configuration, so it acts at once.
  private func changeStatus() async throws {
    guard let (name, _) = try await pickUser("Enter the username or number to edit.") else {
      return
    }
    guard try await context.session.store.committed().configuration.users[name] != nil else {
      throw OperationFailed("The user \"\(name)\" is not committed yet.")
    }
    let accounts = context.appliance.accounts
    let by = context.session.user
    if let lock = try await accounts.status(of: name).lock {
      await c.say("\nThe account \"\(name)\" is locked \(lock.reason).")
      guard try await c.confirm("Do you want to unlock this account?", default: true) else {
        return
      }
      try await accounts.unlock(name)
      context.events.append(.unlocked(user: name, by: by))
    } else {
      guard name != by else { throw OperationFailed("Your own account cannot be locked.") }
      await c.say("\nThe account \"\(name)\" is active.")
      guard try await c.confirm("Do you want to lock this account?", default: false) else {
        return
      }
      try await accounts.lock(name)
      context.events.append(.locked(user: name, by: by))
    }
  }
}

extension Accounts.Lock {
  fileprivate var reason: String {
    switch self {
    case .failures: "after too many failed login attempts"
    case .administrator: "by an administrator"
    }
  }
}

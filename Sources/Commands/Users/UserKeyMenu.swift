import Configuration
import ConfigurationStore
import Dialogue
import PKI

/// `sshconfig` > USERKEY: the public keys of one user, at first of whoever holds the session.
///
/// They become true with the commit and, like passphrases, are no part of the history.
final class UserKeyMenu {
  private let context: CommandContext
  private var user: String
  private var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case delete = "DELETE"
    case print = "PRINT"
    case user = "USER"

    var summary: String {
      switch self {
      case .new: "Add a new key."
      case .delete: "Remove a key."
      case .print: "Display a key."
      case .user: "Switch to a different user to edit."
      }
    }

    var needsKey: Bool { self == .delete || self == .print }
  }

  init(context: CommandContext) {
    self.context = context
    user = context.session.user
  }

  func run() async throws {
    var keys: [SSHPublicKey] = []
    try await context.menu {
      keys = try await self.keys()
      await c.say("\nCurrently installed keys for \(user):")
      for (index, key) in keys.enumerated() { await c.say("\(index + 1). \(key.short)") }
    } operations: {
      Operation.allCases.filter { !keys.isEmpty || !$0.needsKey }
    } run: { operation in
      switch operation {
      case .new: try await add(to: keys)
      case .delete: try await delete(from: keys)
      case .print: try await show(keys)
      case .user: try await change()
      }
    }
  }

  /// The keys as they would be after the commit.
  private func keys() async throws -> [SSHPublicKey] {
    let change = context.draft.credentials[user]
    if let keys = change?.keys { return keys }
    if change?.isOfNewUser == true { return [] }
    return try await context.appliance.accounts.credential(of: user).keys
  }

  private func set(_ keys: [SSHPublicKey], from present: [SSHPublicKey]) {
    var change = context.draft.credentials[user] ?? CredentialChange()
    // The first change knows what is committed; later ones were made from it.
    if change.keys == nil { change.keysBefore = present }
    change.keys = keys
    context.draft.credentials[user] = change
  }

  // MARK: NEW

  private func add(to keys: [SSHPublicKey]) async throws {
    await c.say("\nPlease enter the public SSH key for authorization.")
    await c.say("Press enter on a blank line to finish.")
    let key = try SSHPublicKey(try await lines())
    guard !keys.contains(where: { $0.blob == key.blob }) else {
      throw OperationFailed("This key is installed for \(user) already.")
    }
    set(keys + [key], from: keys)
  }

  /// The lines down to a blank one; a key of several lines may be a broken one, or RFC 4716's.
  private func lines() async throws -> String {
    var lines: [String] = []
    while let line = try await c.readLine(Prompt(bracket: "> ")), !line.trimmingBlanks.isEmpty {
      lines.append(line.trimmingBlanks)
      guard lines.count <= 200 else { throw OperationFailed("This is not an SSH public key.") }
    }
    guard !lines.isEmpty else { throw OperationFailed("No key was entered.") }
    return lines.joined(separator: "\n")
  }

  // MARK: DELETE, PRINT, USER

  private func pick(_ question: String, _ keys: [SSHPublicKey]) async throws -> Int? {
    try await c.pick(question, in: 1...keys.count).map { $0 - 1 }
  }

  private func delete(from keys: [SSHPublicKey]) async throws {
    guard let index = try await pick("Enter the number of the key to remove.", keys) else {
      return
    }
    var rest = keys
    rest.remove(at: index)
    set(rest, from: keys)
  }

  private func show(_ keys: [SSHPublicKey]) async throws {
    guard let index = try await pick("Enter the number of the key to display.", keys) else {
      return
    }
    let key = keys[index]
    try await c.page("\n\(key.line)\n\nFingerprint: \(key.fingerprint) (\(key.bits) bits)")
  }

  private func change() async throws {
    let names = context.draft.users.names
    if let chosen = try await c.pick(
      "Choose the user whose keys you want to edit.", from: names.map { Choice($0, $0) },
      isBelow: true)
    {
      user = chosen
    }
  }
}

extension SSHPublicKey {
  /// `ssh-ed25519 AAAAC3NzaC...4eQ1mXk (joe@example.com)`: enough to tell keys apart.
  fileprivate var short: String {
    let text = line.split(separator: " ").dropFirst().first ?? ""
    let middle = "\(text.prefix(12))...\(text.suffix(10))"
    return "\(algorithm) \(middle)" + (comment.isEmpty ? "" : " (\(comment))")
  }
}

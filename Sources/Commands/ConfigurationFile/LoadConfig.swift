import Configuration
import ConfigurationStore
import Dialogue

/// `loadconfig`: a saved configuration becomes what is pending (G7).
struct LoadConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Source { case paste, file }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    if context.session.hasPendingChanges {
      await c.say("\nThere are changes that are not committed; loading replaces them.")
      guard try await c.confirm("Do you want to continue?", default: false) else { return }
    }
    let source = try await c.choose(
      nil, from: [Choice("Paste via CLI", Source.paste), Choice("Load from file", .file)])
    try await context.attempt {
      switch source {
      case .paste:
        let text = try await c.paste(
          "Paste the configuration file now. Press CTRL-D on a blank line when done.",
          Paste(isSecret: true, endsAtControlD: true, limit: PrivateFolder.sizeLimit))
        try await take { try SavedConfiguration.load(text, for: context.release) }
      case .file:
        let bytes = try await context.read(c.ask("Enter the name of the file to import:"))
        try await take { try SavedConfiguration.load(bytes, for: context.release) }
      }
    }
  }

  private func take(_ load: () throws -> SavedConfiguration.Loaded) async throws {
    var loaded: SavedConfiguration.Loaded
    do {
      loaded = try load()
      keepDemo(in: &loaded.configuration)
      keepAdmin(in: &loaded.configuration)
      try loaded.configuration.verify()
    } catch {
      throw OperationFailed("Parsing failed.  Aborting.\n\(error)")
    }
    for element in loaded.unknownElements {
      await c.say("Note: the element \(element) is not known and was not loaded.")
    }
    for adaptation in loaded.adaptations { await c.say("Note: \(adaptation)") }
    if try await !context.mayChangeUsers() {
      loaded.configuration.takeUsers(of: context.draft)
      await c.say("Note: only an administrator may load users; those there are stay.")
    }
    try await leaveOutPresentCredentials(of: &loaded.configuration)
    context.draft = loaded.configuration
    await c.say("\nValues have been loaded.")
    await c.say("Be sure to run \"commit\" to make these settings active.")
  }

  /// A passphrase or keys that the user has already are no change.
  private func leaveOutPresentCredentials(of configuration: inout Configuration) async throws {
    let committed = context.session.lastCommitted.configuration.users
    let names = configuration.credentials.keys.filter { committed[$0] != nil }
    let present = try await context.appliance.accounts.credentials(of: Array(names))
    for name in names {
      var change = configuration.credentials[name] ?? CredentialChange()
      let keys = present[name]?.keys ?? []
      if change.passphrase == present[name]?.passphrase { change.passphrase = nil }
      change.keysBefore = keys
      if change.keys == keys { change.keys = nil }
      let isChange = change.passphrase != nil || change.keys != nil
      configuration.credentials[name] = isChange ? change : nil
    }
  }

  /// Every appliance has a demonstration certificate (G8), whatever a file holds.
  private func keepDemo(in configuration: inout Configuration) {
    let name = CertificateProfile.demoName
    guard configuration.certificates[name] == nil else { return }
    configuration.certificates[name] = context.draft.certificates[name]
  }

  /// Without the user `admin` nobody could mend what is wrong.
  private func keepAdmin(in configuration: inout Configuration) {
    guard configuration.users[User.adminName] == nil else { return }
    configuration.users[User.adminName] = context.draft.users[User.adminName]
  }
}

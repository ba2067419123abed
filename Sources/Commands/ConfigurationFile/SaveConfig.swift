import Configuration
import ConfigurationStore
import Dialogue
import PKI

/// `saveconfig`, `showconfig`: the committed configuration as XML, into a file or on the screen.
struct SaveConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func save() async throws {
    let option: PassphraseOption
    switch context.arguments.count {
    case 0: option = try await ask()
    // `saveconfig y 1`: the name is the system's, and the passphrase option.
    case 2 where context.arguments[0].lowercased() == "y":
      option = try number(context.arguments[1])
    default: throw InvalidArguments()
    }
    let document = try await document(option)
    let name = name
    try context.appliance.files.write(document.bytes(lineEnd: .lineFeed), to: name)
    await c.say("\nFile written on machine \"\(context.hostName)\" to the location")
    await c.say("\"/configuration/\(name)\".")
    await c.say("Configuration saved.")
  }

  func show() async throws {
    let option: PassphraseOption
    switch context.arguments.count {
    case 0: option = try await ask()
    case 1: option = try number(context.arguments[0])
    default: throw InvalidArguments()
    }
    if option != .mask { try await context.requireOperator("to see passphrases") }
    let bytes = try await document(option).bytes(lineEnd: .crlf)
    // The document is ISO-8859-1, whose bytes are the first Unicode scalars; its last line is
    // ended by `page`.
    let scalars = bytes.dropLast().map { Unicode.Scalar($0) }
    try await c.page(String(String.UnicodeScalarView(scalars)))
  }

  /// The file's name, as the appliance makes it.
  var name: String {
    "C100V-\(context.appliance.serialNumber)-\(DateText.compact(context.now)).xml"
  }

  /// The committed configuration.
  func document(_ option: PassphraseOption) async throws -> SavedConfiguration {
    let configuration = try await context.session.store.committed().configuration
    return SavedConfiguration(
      configuration: configuration, release: context.release,
      serialNumber: context.appliance.serialNumber, date: DateText.full(context.now),
      secrets: option.coding,
      credentials: try await context.appliance.accounts.credentials(of: configuration.users.names))
  }

  private var options: [PassphraseOption] {
    PassphraseOption.allCases.filter { $0 != .plain || context.release.offersPlainPassphrases }
  }

  /// Asks how secrets are to stand in it.
  func ask() async throws -> PassphraseOption {
    try await c.choose(
      "Choose the passphrase option:", from: options.map { Choice($0.title, $0) })
  }

  private func number(_ text: String) throws -> PassphraseOption {
    guard let number = Int(text), (1...options.count).contains(number) else {
      throw InvalidArguments()
    }
    return options[number - 1]
  }
}

/// How secrets stand in a saved configuration.
enum PassphraseOption: CaseIterable {
  case mask, encrypt, plain

  var title: String {
    switch self {
    case .mask:
      "Mask passphrases (Files with masked passphrases cannot be loaded using loadconfig command)"
    case .encrypt: "Encrypt passphrases"
    case .plain: "Plain passphrases"
    }
  }

  var coding: SecretCoding {
    switch self {
    case .mask: .masked
    case .encrypt: .obfuscated
    case .plain: .plain
    }
  }
}

import Configuration
import Dialogue

/// `listenerconfig` > EDIT > HOSTACCESS: who may connect, and whether TLS is offered or demanded.
struct HostAccess {
  let context: CommandContext
  let listener: String
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case `default` = "DEFAULT"
    case print = "PRINT"

    var summary: String {
      switch self {
      case .default: "Set the defaults."
      case .print: "Display the table."
      }
    }
  }

  private var table: HostAccessTable? { context.draft.listeners[listener]?.hostAccess }

  func run() async throws {
    try await context.menu {
      let groups = table?.groups.count { $0.name != SenderGroup.allName } ?? 0
      await c.say("\nThere are currently \(table?.policies.count ?? 0) policies defined.")
      await c.say("There are currently \(groups) sender groups.")
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .default: try await setDefaults()
      case .print: try await c.page("\n" + (table?.text ?? ""))
      }
    }
  }

  // MARK: DEFAULT

  private func setDefaults() async throws {
    guard var values = table?.defaults else { return }
    values.maxMessageSize = try await c.ask(
      "Enter the default maximum message size. Add a trailing k for kilobytes, M for\n"
        + "megabytes, or no letter for bytes.", as: ByteCount.self,
      default: ByteCount(values.maxMessageSize)
    ).bytes
    values.maxConnectionsPerHost = try await c.ask(
      "Enter the maximum number of concurrent connections allowed from a single IP\naddress.",
      in: 1...65535, default: values.maxConnectionsPerHost)
    values.maxMessagesPerConnection = try await c.ask(
      "Enter the maximum number of messages per connection.", in: 1...65535,
      default: values.maxMessagesPerConnection)
    values.maxRecipientsPerMessage = try await c.ask(
      "Enter the maximum number of recipients per message.", in: 1...100_000,
      default: values.maxRecipientsPerMessage)
    values.bannerHostName = try await override(
      "Do you want to override the hostname in the SMTP banner?",
      "Enter the hostname to use in the SMTP banner.", values.bannerHostName, as: HostName.self)
    values.acceptBanner = try await override(
      "Would you like to specify a custom SMTP acceptance response?",
      "Enter the text of the SMTP acceptance response.", values.acceptBanner, as: ResponseText.self)
    values.rejectBanner = try await override(
      "Would you like to specify a custom SMTP rejection response?",
      "Enter the text of the SMTP rejection response.", values.rejectBanner, as: ResponseText.self)
    if try await c.confirm(
      "Do you want to enable rate limiting per host?", default: values.maxRecipientsPerHour > 0)
    {
      values.maxRecipientsPerHour = try await c.ask(
        "Enter the maximum number of recipients per hour from a remote host.", in: 1...1_000_000,
        default: values.maxRecipientsPerHour > 0 ? values.maxRecipientsPerHour : nil)
    } else {
      values.maxRecipientsPerHour = 0
    }
    try await askTLS(&values)
    context.draft.listeners[listener]?.hostAccess.defaults = values
  }

  private func askTLS(_ values: inout PolicyParameters) async throws {
    let levels = InboundTLS.allCases
    values.tls = try await c.choose(
      "Do you want to allow encrypted TLS connections?", from: levels.map { Choice($0.title, $0) },
      default: (levels.firstIndex(of: values.tls) ?? 0) + 1)
    guard values.tls == .preferred else {
      values.tlsAddressList = []
      return
    }
    guard
      try await c.confirm(
        "Do you want to require TLS for a list of sender addresses?",
        default: !values.tlsAddressList.isEmpty)
    else {
      values.tlsAddressList = []
      return
    }
    let present = values.tlsAddressList.isEmpty ? nil : AddressList(values.tlsAddressList)
    values.tlsAddressList = try await c.ask(
      "Enter the addresses or domains, separated by commas.", as: AddressList.self, default: present
    ).entries
  }

  /// Asks whether a text is set and, if so, for the text; an empty one stands for "not set".
  private func override<Value: Answer>(
    _ question: String, _ textQuestion: String, _ present: String, as type: Value.Type
  ) async throws -> String {
    guard try await c.confirm(question, default: !present.isEmpty) else { return "" }
    let value = present.isEmpty ? nil : try Value(answer: present)
    return try await c.ask(textQuestion, as: type, default: value).shown
  }
}

/// A text of one line in an SMTP reply.
private struct ResponseText: Answer {
  let shown: String

  init(answer: String) throws(InvalidAnswer) {
    guard answer.utf8.count <= 200, answer.utf8.allSatisfy({ (32..<127).contains($0) }) else {
      throw InvalidAnswer("The text must be at most 200 printable ASCII characters.")
    }
    shown = answer
  }
}

/// Addresses and domains, separated by commas.
private struct AddressList: Answer {
  let entries: [String]
  var shown: String { entries.joined(separator: ", ") }

  init(_ entries: [String]) { self.entries = entries }

  init(answer: String) throws(InvalidAnswer) {
    entries = answer.split(separator: ",").map(\.trimmingBlanks)
    guard !entries.isEmpty,
      entries.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) })
    else { throw InvalidAnswer("The value must be a list such as a@example.com, example.org.") }
  }
}

import Configuration
import Dialogue

/// The questions for the values of a mail flow policy, or for those of the defaults.
///
/// A policy may leave each value to the defaults, by the word `default`.
struct PolicyQuestions {
  let c: Conversation
  /// Whether values may be left to the defaults.
  let isPolicy: Bool

  /// Asks for every value.
  func ask(_ values: inout PolicyOverrides) async throws {
    values.maxMessageSize = try await ask(
      "Enter the \(isPolicy ? "" : "default ")maximum message size. Add a trailing k for kilobytes, "
        + "M for\nmegabytes, or no letter for bytes.", values.maxMessageSize, as: ByteCount.self)
    values.maxConnectionsPerHost = try await ask(
      "Enter the maximum number of concurrent connections allowed from a single IP\naddress.",
      values.maxConnectionsPerHost, as: Limited<UpTo65535>.self)
    values.maxMessagesPerConnection = try await ask(
      "Enter the maximum number of messages per connection.", values.maxMessagesPerConnection,
      as: Limited<UpTo65535>.self)
    values.maxRecipientsPerMessage = try await ask(
      "Enter the maximum number of recipients per message.", values.maxRecipientsPerMessage,
      as: Limited<UpTo100000>.self)
    values.bannerHostName = try await override(
      "Do you want to override the hostname in the SMTP banner?",
      "Enter the hostname to use in the SMTP banner.", values.bannerHostName, as: BannerHost.self)
    values.acceptBanner = try await override(
      "Would you like to specify a custom SMTP acceptance response?",
      "Enter the text of the SMTP acceptance response.", values.acceptBanner, as: ResponseText.self)
    values.rejectBanner = try await override(
      "Would you like to specify a custom SMTP rejection response?",
      "Enter the text of the SMTP rejection response.", values.rejectBanner, as: ResponseText.self)
    try await askRateLimit(&values)
    try await askTLS(&values)
  }

  private func askRateLimit(_ values: inout PolicyOverrides) async throws {
    let present = values.maxRecipientsPerHour
    switch try await yesNo(
      "Do you want to enable rate limiting per host?", present: present.map { $0 > 0 })
    {
    case .yes:
      values.maxRecipientsPerHour = try await c.ask(
        "Enter the maximum number of recipients per hour from a remote host.",
        as: Limited<UpToMillion>.self, default: present.flatMap { $0 > 0 ? Limited($0) : nil }
      ).stored
    case .no: values.maxRecipientsPerHour = 0
    case .inherited: values.maxRecipientsPerHour = nil
    }
  }

  private func askTLS(_ values: inout PolicyOverrides) async throws {
    let levels = InboundTLS.allCases
    var choices = levels.map { Choice($0.title, $0 as InboundTLS?) }
    if isPolicy { choices.append(Choice("Default", nil)) }
    let present = values.tls.flatMap(levels.firstIndex) ?? choices.count - 1
    values.tls = try await c.choose(
      "Do you want to allow encrypted TLS connections?", from: choices, default: present + 1)
    let addresses = values.tlsAddressList ?? []
    values.tlsAddressList = isPolicy ? nil : []
    guard values.tls == .preferred,
      try await c.confirm(
        "Do you want to require TLS for a list of sender addresses?", default: !addresses.isEmpty)
    else { return }
    values.tlsAddressList = try await c.ask(
      "Enter the addresses or domains, separated by commas.", as: AddressList.self,
      default: addresses.isEmpty ? nil : AddressList(addresses)
    ).stored
  }

  // MARK: Kinds of questions

  private func ask<Value: PolicyValue>(
    _ question: String, _ present: Value.Stored?, as type: Value.Type
  ) async throws -> Value.Stored? {
    let value = present.map(Value.init)
    guard isPolicy else {
      return try await c.ask(question, as: type, default: value).stored
    }
    return try await c.ask(question, as: Inheritable<Value>.self, default: Inheritable(value))
      .value?.stored
  }

  /// Asks whether a text is set and, if so, for the text; an empty one is the usual one.
  private func override<Value: PolicyValue>(
    _ question: String, _ textQuestion: String, _ present: String?, as type: Value.Type
  ) async throws -> String? where Value.Stored == String {
    switch try await yesNo(question, present: present.map { !$0.isEmpty }) {
    case .yes:
      let text = present.flatMap { $0.isEmpty ? nil : Value($0) }
      return try await c.ask(textQuestion, as: type, default: text).stored
    case .no: return ""
    case .inherited: return nil
    }
  }

  private func yesNo(_ question: String, present: Bool?) async throws -> YesNoDefault {
    guard isPolicy else {
      return try await c.confirm(question, default: present ?? false) ? .yes : .no
    }
    return try await c.ask(
      question, as: YesNoDefault.self, default: present.map { $0 ? .yes : .no } ?? .inherited)
  }
}

import Configuration
import Dialogue

/// One value of a mail flow policy in a table's text form, such as `max_concurrency = 10`.
struct PolicySetting: Sendable {
  /// The word before the equals sign.
  let word: String
  /// The value as it is written; nil where the policy leaves it to the defaults.
  let write: @Sendable (PolicyOverrides) -> String?
  /// Reads a value that is written so.
  let read: @Sendable (String, inout PolicyOverrides) throws(InvalidAnswer) -> Void

  /// All values, in the order in which they are written.
  static let all = [
    PolicySetting("max_message_size", \.maxMessageSize, as: ByteCount.self),
    PolicySetting("max_concurrency", \.maxConnectionsPerHost, as: Limited<UpTo65535>.self),
    PolicySetting("max_msgs_per_session", \.maxMessagesPerConnection, as: Limited<UpTo65535>.self),
    PolicySetting("max_rcpts_per_msg", \.maxRecipientsPerMessage, as: Limited<UpTo100000>.self),
    PolicySetting(
      "max_rcpts_per_hour", \.maxRecipientsPerHour, as: Limited<UpToMillionOrNone>.self),
    PolicySetting("smtp_banner_host", \.bannerHostName, as: BannerHost.self),
    PolicySetting("smtp_banner_text", \.acceptBanner, as: ResponseText.self),
    PolicySetting("smtp_reject_text", \.rejectBanner, as: ResponseText.self),
    PolicySetting("tls", \.tls, as: TLSWord.self),
    PolicySetting("tls_addresses", \.tlsAddressList, as: AddressList.self),
  ]

  private init<Value: PolicyValue>(
    _ word: String, _ path: any WritableKeyPath<PolicyOverrides, Value.Stored?> & Sendable,
    as type: Value.Type
  ) {
    self.word = word
    write = { overrides in
      guard let stored = overrides[keyPath: path] else { return nil }
      let text = Value(stored).shown
      return Value.isQuoted ? "\"\(text)\"" : text
    }
    read = { (text, overrides) throws(InvalidAnswer) in
      let isQuoted = text.count >= 2 && text.first == "\"" && text.last == "\""
      let bare = isQuoted ? String(text.dropFirst().dropLast()) : text
      overrides[keyPath: path] = try Value(answer: bare).stored
    }
  }
}

import Configuration

extension HostAccessTable {
  /// The table as PRINT and EXPORT show it: policies with what they set themselves, then groups.
  var text: String {
    let policies = policies.map { policy in
      let settings = policy.overrides.lines.map { "        \($0)" }
      return ["\(policy.name)", "    \(policy.behavior.rawValue) {"] + settings + ["    }"]
    }
    let defaults =
      ["Default Policy Parameters", "=========================="]
      + self.defaults.lines.map { "    \($0)" }
    let groups = groups.map { group in
      let name = group.name == SenderGroup.allName ? group.name : "\(group.name):"
      let comment = group.comment.isEmpty ? "" : " (\(group.comment))"
      return [name] + group.senders.map { "    \($0.pattern)" } + ["    \(group.policy)\(comment)"]
    }
    return (policies.flatMap(\.self) + groups.flatMap(\.self) + [""] + defaults)
      .joined(separator: "\n")
  }
}

extension PolicyParameters {
  /// All values, a line each.
  var lines: [String] {
    var all = PolicyOverrides()
    all.maxMessageSize = maxMessageSize
    all.maxConnectionsPerHost = maxConnectionsPerHost
    all.maxMessagesPerConnection = maxMessagesPerConnection
    all.maxRecipientsPerMessage = maxRecipientsPerMessage
    all.bannerHostName = bannerHostName.isEmpty ? nil : bannerHostName
    all.acceptBanner = acceptBanner.isEmpty ? nil : acceptBanner
    all.rejectBanner = rejectBanner.isEmpty ? nil : rejectBanner
    all.maxRecipientsPerHour = maxRecipientsPerHour == 0 ? nil : maxRecipientsPerHour
    all.tls = tls
    all.tlsAddressList = tlsAddressList.isEmpty ? nil : tlsAddressList
    return all.lines
  }
}

extension PolicyOverrides {
  /// The values that are set, a line each.
  var lines: [String] {
    var lines: [String] = []
    func add(_ name: String, _ value: (some CustomStringConvertible)?) {
      if let value { lines.append("\(name) = \(value)") }
    }
    func quote(_ text: String) -> String { "\"\(text)\"" }
    add("max_message_size", maxMessageSize.map { ByteCount($0).shown })
    add("max_concurrency", maxConnectionsPerHost)
    add("max_msgs_per_session", maxMessagesPerConnection)
    add("max_rcpts_per_msg", maxRecipientsPerMessage)
    add("max_rcpts_per_hour", maxRecipientsPerHour)
    add("smtp_banner_host", bannerHostName.map(quote))
    add("smtp_banner_text", acceptBanner.map(quote))
    add("smtp_reject_text", rejectBanner.map(quote))
    add("tls", tls.map { quote($0.rawValue) })
    add("tls_addresses", tlsAddressList.map { quote($0.joined(separator: ", ")) })
    return lines
  }
}

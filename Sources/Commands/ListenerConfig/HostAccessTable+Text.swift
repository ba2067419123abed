import Configuration

extension HostAccessTable {
  /// The heading of the default values.
  static let defaultsHeading = "Default Policy Parameters"
  /// The heading, underlined.
  static let defaultsTitle = "\(defaultsHeading)\n=========================="

  /// The table as PRINT and EXPORT show it: policies with what they set themselves, then groups,
  /// then what policies leave to the defaults.
  var text: String {
    let lines =
      policies.flatMap(\.lines) + groups.flatMap(\.lines) + ["", Self.defaultsTitle]
      + defaults.lines.map { "    \($0)" }
    return lines.joined(separator: "\n")
  }
}

extension MailFlowPolicy {
  /// The policy's lines in a table's text form.
  var lines: [String] {
    [name, "    \(behavior.rawValue) {"] + overrides.lines.map { "        \($0)" } + ["    }"]
  }
}

extension SenderGroup {
  /// The group's lines in a table's text form.
  var lines: [String] {
    [name == SenderGroup.allName ? name : "\(name):"]
      + senders.map { "    \($0.pattern)\(Self.shown($0.comment))" }
      + ["    \(policy)\(Self.shown(comment))"]
  }

  private static func shown(_ comment: String) -> String { comment.isEmpty ? "" : " (\(comment))" }
}

extension PolicyParameters {
  /// All values but those that say nothing, a line each.
  var lines: [String] {
    var all = asOverrides
    if bannerHostName.isEmpty { all.bannerHostName = nil }
    if acceptBanner.isEmpty { all.acceptBanner = nil }
    if rejectBanner.isEmpty { all.rejectBanner = nil }
    if maxRecipientsPerHour == 0 { all.maxRecipientsPerHour = nil }
    if tlsAddressList.isEmpty { all.tlsAddressList = nil }
    return all.lines
  }
}

extension PolicyOverrides {
  /// The values that are set, a line each.
  var lines: [String] {
    PolicySetting.all.compactMap { setting in
      setting.write(self).map { "\(setting.word) = \($0)" }
    }
  }
}

import Configuration

// How LIST and DETAIL show destination controls.
extension Configuration {
  /// The table of LIST: a line for each entry, the default's last.
  var destinationList: String {
    var rows = destinations.all.map { name, entry in
      [
        name, entry.hasOwnLimit ? "On" : "Default", entry.tls?.shortWord ?? "Default",
        entry.bounceVerification.map { $0 ? "On" : "Off" } ?? "Default",
        entry.bounceProfile.map(Self.shownProfile) ?? "Default",
      ]
    }
    let defaults = outbound.defaults
    rows.append([
      "(Default)", "On", defaults.tls.shortWord, defaults.bounceVerification ? "On" : "Off",
      Self.shownProfile(defaults.bounceProfile),
    ])
    let headings = [
      ["", "Rate", "", "Bounce", "Bounce"],
      ["Domain", "Limiting", "TLS", "Verification", "Profile"],
    ]
    // Wide enough for the longest domain; the others are as wide as on the appliance.
    let widths = [rows.map { $0[0].utf8.count }.reduce(13, max), 8, 8, 12, 9]
    let gaps = [3, 3, 3, 2, 0]
    let rules = [widths.map { String(repeating: "=", count: $0) }]
    return (headings + rules + rows).map { row in
      var line = ""
      for (index, value) in row.enumerated() where index < row.count - 1 {
        line +=
          value
          + String(
            repeating: " ", count: max(1, widths[index] + gaps[index] - value.utf8.count))
      }
      return line + (row.last ?? "")
    }.joined(separator: "\n")
  }

  /// A profile that an entry names; `Default` alone stands for "as the default entry has it".
  private static func shownProfile(_ name: String) -> String {
    name == "Default" ? "(Default)" : name
  }

  /// The details of one entry, a line a setting.
  func destinationDetails(_ name: String, _ entry: Destination, _ release: Release) -> String {
    var lines = [name]
    lines.append(" IP sort preference: \(entry.addressPreference?.title ?? "Default")")
    lines.append(
      " Maximum messages per connection: "
        + (entry.maxMessagesPerConnection.map(String.init) ?? "Default"))
    lines += Self.rateLimiting(entry)
    lines.append(" TLS: \(entry.tls?.longWord ?? "Default")")
    if release.hasDANE {
      let isInVain = (entry.dane ?? .none) != .none && hasRoute(for: name)
      lines.append(
        " DANE: \(entry.dane?.title ?? "Default")"
          + (isInVain ? " (not applied: an SMTP route is followed)" : ""))
    }
    lines.append(
      " Bounce verification address tagging: "
        + (entry.bounceVerification.map { $0 ? "On" : "Off" } ?? "Default"))
    lines.append(" Bounce profile: \(entry.bounceProfile.map(Self.shownProfile) ?? "Default")")
    return lines.joined(separator: "\n")
  }

  /// The details of the default entry, and of what is global.
  func destinationDefaultDetails(_ release: Release) -> String {
    """
    \(destinationDetails("(Default)", Destination(outbound.defaults), release))
     Certificate: \(outbound.certificate)
     Alert when a required TLS connection fails: \(outbound.alertsOnRequiredTLSFailure ? "On" : "Off")
    """
  }

  private static func rateLimiting(_ entry: Destination) -> [String] {
    guard entry.hasOwnLimit else { return [" Rate limiting: Default"] }
    var lines = [" Rate limiting:"]
    if let connections = entry.maxConnections {
      lines.append("   \(connections) concurrent connections")
    }
    if let recipients = entry.recipientLimit {
      lines.append(
        recipients == 0
          ? "   No limit of recipients"
          : "   \(recipients) recipients per \(entry.recipientMinutes ?? 60) minutes")
    }
    let scope = entry.scope ?? LimitScope()
    lines.append(
      " Limits applied to \(scope.isPerExchanger ? "each mail exchanger address" : "entire domain")"
        + ", \(scope.isPerGateway ? "for each virtual gateway" : "across all virtual gateways")")
    return lines
  }
}

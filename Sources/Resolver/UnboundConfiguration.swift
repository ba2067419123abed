/// Name server settings as libunbound's configuration file (unbound.conf(5)).
///
/// A file is the only way to give it servers for a domain or a zone that is read from disk.
struct UnboundConfiguration: CustomStringConvertible {
  let description: String

  init(_ settings: NameServerSettings) {
    var lines = [
      "server:",
      // One more try is enough: a dead server costs 0.8 s instead of 17 s.
      "  outbound-msg-retry: 1",
      "  do-not-query-localhost: no",
    ]
    if !settings.servers.isEmpty || !settings.domains.isEmpty {
      // Whoever names servers of their own means them for private addresses and names, too.
      lines += ["  unblock-lan-zones: yes", "  insecure-lan-zones: yes"]
      lines += UnboundConfiguration.privateNames.map { "  local-zone: \"\($0)\" nodefault" }
    }
    for entry in settings.domains {
      lines.append("  domain-insecure: \(quoted(entry.domain))")
    }
    if !settings.servers.isEmpty {
      lines += forward(DomainName(labels: []), settings.servers)
    }
    for entry in settings.domains { lines += forward(entry.domain, entry.servers) }
    for zone in settings.zoneFiles {
      lines += [
        "auth-zone:", "  name: \(quoted(zone.domain))", "  zonefile: \"\(zone.path)\"",
        "  for-upstream: yes", "  for-downstream: no", "  fallback-enabled: no",
      ]
    }
    description = lines.joined(separator: "\n") + "\n"
  }

  /// Names of RFC 6761 that the library would deny by itself.
  private static let privateNames = ["test.", "home.arpa."]
}

private func forward(_ domain: DomainName, _ servers: [NameServer]) -> [String] {
  ["forward-zone:", "  name: \(quoted(domain))"] + servers.map { "  forward-addr: \($0)" }
}

/// A name between quotes; a byte that could end them is written as its number.
private func quoted(_ domain: DomainName) -> String {
  let text = domain.description.utf8.reduce(into: "") { text, byte in
    let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"")
    text += isPlain ? String(Unicode.Scalar(byte)) : WireReader.escape(byte)
  }
  return "\"\(text)\""
}

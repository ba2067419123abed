import LDAP
import PKI

/// The hosts of a server profile, as they are typed and shown: `a.example.com, 10.0.0.9`.
public struct LDAPHosts: Hashable, Sendable {
  /// Names in small letters and addresses.
  public let hosts: [String]

  /// Takes hosts that were read before.
  public init(_ hosts: [String]) { self.hosts = hosts }

  /// Reads host names and addresses, separated by commas.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a host is.
  public init(_ text: String) throws(ConfigurationError) {
    var hosts: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let host = try Self.host(part.trimmed)
      guard !hosts.contains(host) else {
        throw ConfigurationError("The host \"\(host)\" stands there twice.")
      }
      hosts.append(host)
    }
    self.hosts = hosts
  }

  /// The hosts, separated by commas.
  public var text: String { hosts.joined(separator: ", ") }

  private static func host(_ text: String) throws(ConfigurationError) -> String {
    guard let host = try? RemoteHost(text) else {
      throw ConfigurationError(
        "\"\(text.printable)\" is no host: enter a name with at least one dot, such as "
          + "ldap.example.com, or an IPv4 address.")
    }
    return host.text
  }
}

/// The name of an entry in a directory, or what else a server takes for one: one line of text.
public struct DirectoryName: Hashable, Sendable {
  /// The name.
  public let text: String

  /// Reads a name of 1 to 256 characters, none of which acts on a terminal.
  ///
  /// Active Directory binds `joe@example.com` too, so that a distinguished name is not demanded.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a name is.
  public init(_ text: String) throws(ConfigurationError) {
    guard (1...256).contains(text.count), text == text.printable else {
      throw ConfigurationError(
        "A distinguished name has 1 to 256 printable characters, such as dc=example,dc=com.")
    }
    self.text = text
  }
}

extension LDAPServer.Query {
  /// The filter, ready to be filled in.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what is wrong with it.
  public static func check(_ filter: String) throws(ConfigurationError) {
    do throws(InvalidFilter) {
      _ = try SearchFilter(filter)
    } catch {
      throw ConfigurationError(
        "\"\(filter.printable)\" is no LDAP query such as (mail={a}): \(error).")
    }
  }
}

extension Configuration {
  /// Server profiles are such as the dialogue would have taken, whatever a loaded file says.
  func verifyLDAP() throws(ConfigurationError) {
    for server in ldap.servers {
      do throws(ConfigurationError) {
        try server.verify()
      } catch {
        throw ConfigurationError(
          "The LDAP server \"\(server.name.printable)\" is impossible. \(error)")
      }
    }
    let names = ldap.servers.map(\.name) + ldap.servers.flatMap(\.queries).map(\.name)
    if let name = names.firstRepeated {
      throw ConfigurationError("Two LDAP servers or queries have the name \"\(name)\".")
    }
  }
}

extension LDAPServer {
  /// The ports that there are.
  public static let portRange = 1...65535

  fileprivate func verify() throws(ConfigurationError) {
    for name in [name] + queries.map(\.name) { _ = try ObjectName(name) }
    guard try LDAPHosts(LDAPHosts(hosts).text).hosts == hosts else {
      throw ConfigurationError("Its hosts are not in small letters.")
    }
    guard Self.portRange.contains(port) else {
      throw ConfigurationError("There is no port \(port).")
    }
    for name in [base, credentials?.name].compactMap(\.self) { _ = try DirectoryName(name) }
    guard credentials?.password.isEmpty != true else {
      throw ConfigurationError("Its password is missing.")
    }
    for query in queries { try Query.check(query.filter) }
  }
}

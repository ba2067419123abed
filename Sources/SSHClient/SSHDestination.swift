/// Where an appliance is reached by SSH, and as whom: `USER@HOST` or `USER@HOST:PORT`.
public struct SSHDestination: Equatable, Sendable {
  /// The account on the appliance.
  public var user: String
  /// A name or an address, without brackets.
  public var host: String
  /// The TCP port, or nil for the client's default.
  public var port: UInt16?

  /// Reads a destination; an IPv6 address that a port follows stands in brackets.
  ///
  /// - Returns: nil for anything else, and for names that the client would take for options.
  public init?(_ text: String) {
    guard let at = text.lastIndex(of: "@") else { return nil }
    user = String(text[..<at])
    var rest = text[text.index(after: at)...]
    if rest.first == "[", let close = rest.firstIndex(of: "]") {
      host = String(rest[rest.index(after: rest.startIndex)..<close])
      rest = rest[rest.index(after: close)...]
    } else if rest.count(where: { $0 == ":" }) > 1 {
      host = String(rest)
      rest = ""
    } else {
      host = String(rest.prefix { $0 != ":" })
      rest = rest.dropFirst(host.count)
    }
    if !rest.isEmpty {
      guard rest.first == ":", let number = UInt16(rest.dropFirst()), number > 0 else {
        return nil
      }
      port = number
    }
    guard SSHDestination.isName(user), SSHDestination.isName(host) else { return nil }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("-")
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && $0.value > 32 && !"'\"`$;&|<>()\\/".unicodeScalars.contains($0)
      }
  }
}

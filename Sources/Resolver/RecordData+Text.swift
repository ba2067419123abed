extension RecordData: CustomStringConvertible {
  /// The data as a master file writes them (RFC 1035 §5.1), names without their final dot.
  public var description: String {
    switch self {
    case .a(let address): "\(address)"
    case .aaaa(let address): "\(address)"
    case .cname(let name), .ns(let name), .ptr(let name): "\(name)"
    case .mx(let preference, let exchanger): "\(preference) \(exchanger)"
    case .soa(let start): "\(start)"
    case .tlsa(let record): "\(record)"
    case .txt(let texts): texts.map { "\"\(RecordData.escaped($0))\"" }.joined(separator: " ")
    }
  }

  /// A text whose quotes and control characters do no harm.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.properties.generalCategory == .control,
        _ where scalar.properties.generalCategory == .format:
        result += String(scalar).utf8.map(WireReader.escape).joined()
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension StartOfAuthority: CustomStringConvertible {
  /// The data as a master file writes them, times in seconds.
  public var description: String {
    "\(server) \(mailbox) \(serial) \(refresh) \(retry) \(expire) \(minimum)"
  }
}

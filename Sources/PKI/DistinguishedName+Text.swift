extension DistinguishedName: CustomStringConvertible {
  /// The appliance's one-line form, `C=US,ST=…,L=…,O=…,OU=…,CN=…`, empty attributes left out.
  ///
  /// Values stand as they are, without escapes; what has no place in the order follows at the end.
  ///
  /// - Parameter order: the short names in the order wanted.
  public func oneLine(_ order: [String] = applianceOrder) -> String {
    let ordered = order.flatMap { type in attributes.filter { $0.type == type } }
    let others = attributes.filter { !order.contains($0.type) }
    return (ordered + others).map { "\($0.type)=\($0.value)" }.joined(separator: ",")
  }

  /// All attributes in encoded order, `C=US,O=Example\, Inc.,CN=a+UID=b`, with escapes.
  ///
  /// Source: RFC 2253 section 2.4 for the escapes; its order is the reverse of this one.
  public var description: String {
    relativeNames
      .map { $0.map { "\($0.type)=\(Self.escaped($0.value))" }.joined(separator: "+") }
      .joined(separator: ",")
  }

  /// The name by which people know a certificate: its common name, else the whole.
  public var shortName: String {
    if !commonName.isEmpty { return commonName }
    return isEmpty ? "(no name)" : description
  }

  private static func escaped(_ value: String) -> String {
    let scalars = value.unicodeScalars
    let edges = [scalars.indices.first, scalars.indices.last]
    var text = String.UnicodeScalarView()
    for (index, scalar) in zip(scalars.indices, scalars) {
      if ",+\"\\<>;".unicodeScalars.contains(scalar) || scalar == " " && edges.contains(index)
        || scalar == "#" && index == scalars.startIndex
      {
        text.append("\\")
      }
      text.append(scalar)
    }
    return String(text)
  }
}

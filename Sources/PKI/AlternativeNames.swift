import COpenSSL

/// The subject's alternative names of a certificate or request.
///
/// Source: RFC 5280 section 4.2.1.6.
struct AlternativeNames: Sendable {
  var dnsNames: [String] = []
  var emailAddresses: [String] = []
  var ipAddresses: [String] = []

  var isEmpty: Bool { dnsNames.isEmpty && emailAddresses.isEmpty && ipAddresses.isEmpty }
}

extension AlternativeNames {
  /// Reads `GENERAL_NAMES`; nil has no names.
  init(generalNames: Owned<GeneralNamesObject>?) {
    guard let names = generalNames else { return }
    for index in 0..<max(0, OPENSSL_sk_num(names.pointer)) {
      guard let raw = OPENSSL_sk_value(names.pointer, index) else { continue }
      let name = raw.assumingMemoryBound(to: GENERAL_NAME.self)
      var type: Int32 = 0
      guard let value = GENERAL_NAME_get0_value(name, &type) else { continue }
      guard [GEN_DNS, GEN_EMAIL, GEN_IPADD].contains(type) else { continue }
      let content = bytes(of: value.assumingMemoryBound(to: ASN1_STRING.self))
      switch type {
      case GEN_DNS: dnsNames.append(String(decoding: content, as: UTF8.self).printable)
      case GEN_EMAIL: emailAddresses.append(String(decoding: content, as: UTF8.self).printable)
      default: ipAddresses.append(Self.address(content))
      }
    }
  }

  /// An address as people write it: four numbers, or eight groups of an IPv6 address.
  private static func address(_ bytes: [UInt8]) -> String {
    switch bytes.count {
    case 4: bytes.map { String($0) }.joined(separator: ".")
    case 16:
      stride(from: 0, to: 16, by: 2)
        .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
        .joined(separator: ":")
    default: bytes.hexadecimal
    }
  }

  /// The names for a new certificate or request.
  ///
  /// - Throws: `PKIError.invalidName` for a name that is not printable ASCII.
  func generalNames() throws -> Owned<GeneralNamesObject> {
    let names = try Owned<GeneralNamesObject>(GENERAL_NAMES_new())
    let entries = dnsNames.map { (GEN_DNS, $0) } + emailAddresses.map { (GEN_EMAIL, $0) }
    for (type, text) in entries {
      guard !text.isEmpty, text.utf8.count <= 255, text.utf8.allSatisfy({ 33...126 ~= $0 }) else {
        throw PKIError(
          .invalidName,
          "\"\(text.printable)\" cannot stand as an alternative name: plain ASCII only.")
      }
      guard let name = GENERAL_NAME_new() else { throw Self.noMemory }
      guard OPENSSL_sk_push(names.pointer, name) > 0 else {
        GENERAL_NAME_free(name)
        throw Self.noMemory
      }
      let value = Array(text.utf8)
      guard let string = ASN1_STRING_type_new(V_ASN1_IA5STRING) else { throw Self.noMemory }
      GENERAL_NAME_set0_value(name, type, string)
      guard ASN1_STRING_set(string, value, Int32(value.count)) == 1 else { throw Self.noMemory }
    }
    return names
  }

  private static let noMemory = PKIError(.library, "An alternative name could not be made.")
}

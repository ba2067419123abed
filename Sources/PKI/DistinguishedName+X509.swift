import COpenSSL

extension DistinguishedName {
  /// The most characters that a value may have.
  ///
  /// Source: X.520 upper bounds (RFC 5280 appendix A.1), the e-mail address as OpenSSL takes it.
  private static let upperBounds = [
    "C": 2, "ST": 128, "L": 128, "O": 64, "OU": 64, "CN": 64, "emailAddress": 128,
    "serialNumber": 64, "title": 64,
  ]

  /// Checks that the name can stand in a new certificate or request.
  ///
  /// - Throws: `PKIError` with `invalidName` or `invalidCountry`, naming the attribute at fault.
  public func validate() throws {
    guard !isEmpty else {
      throw PKIError(.invalidName, "A certificate needs at least a common name.")
    }
    for attribute in attributes {
      let value = attribute.value
      let name = Self.words[attribute.type] ?? attribute.type
      guard !value.isEmpty else { throw PKIError(.invalidName, "The \(name) is empty.") }
      guard !value.unicodeScalars.contains(where: \.isUnprintable) else {
        throw PKIError(.invalidName, "The \(name) holds control characters.")
      }
      if attribute.type == "C" {
        guard value.utf8.count == 2, value.allSatisfy({ $0.isASCII && $0.isLetter }) else {
          throw PKIError(.invalidCountry, "The country must be two letters, such as US.")
        }
      } else if let bound = Self.upperBounds[attribute.type], value.unicodeScalars.count > bound {
        throw PKIError(.invalidName, "The \(name) may have at most \(bound) characters.")
      }
    }
  }

  private static let words = [
    "C": "country", "ST": "state or province", "L": "locality", "O": "organization",
    "OU": "organizational unit", "CN": "common name", "emailAddress": "e-mail address",
  ]

  /// Reads a name of a certificate or request.
  init(x509Name: OpaquePointer?) {
    relativeNames = []
    var set: Int32 = -1
    for index in 0..<max(0, X509_NAME_entry_count(x509Name)) {
      guard let entry = X509_NAME_get_entry(x509Name, index) else { continue }
      let attribute = Attribute(
        type: objectName(X509_NAME_ENTRY_get_object(entry)),
        value: text(of: X509_NAME_ENTRY_get_data(entry)).printable)
      if X509_NAME_ENTRY_set(entry) == set, !relativeNames.isEmpty {
        relativeNames[relativeNames.count - 1].append(attribute)
      } else {
        relativeNames.append([attribute])
      }
      set = X509_NAME_ENTRY_set(entry)
    }
  }

  /// The name as OpenSSL wants it, after `validate()`.
  func x509Name() throws -> Owned<X509NameObject> {
    try validate()
    LibCrypto.clearErrors()
    let name = try Owned<X509NameObject>(X509_NAME_new())
    for relativeName in relativeNames {
      for (index, attribute) in relativeName.enumerated() {
        let value = Array(attribute.value.utf8)
        let added = X509_NAME_add_entry_by_txt(
          name.pointer, attribute.type, MBSTRING_UTF8, value, Int32(value.count), -1,
          index == 0 ? 0 : -1)
        guard added == 1 else {
          LibCrypto.clearErrors()
          let word = Self.words[attribute.type] ?? attribute.type
          throw PKIError(.invalidName, "The \(word) \"\(attribute.value)\" cannot stand in a name.")
        }
      }
    }
    return name
  }
}

/// The short name of an object identifier, or its dotted number.
func objectName(_ object: OpaquePointer?) -> String {
  let number = OBJ_obj2nid(object)
  if number != NID_undef, let name = OBJ_nid2sn(number) { return String(cString: name) }
  var buffer = [CChar](repeating: 0, count: 256)
  OBJ_obj2txt(&buffer, Int32(buffer.count), object, 1)
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// The text of a string of ASN.1, whatever its type; the bytes in hexadecimal (`#0a0b`) when it is none.
func text(of string: UnsafePointer<ASN1_STRING>?) -> String {
  var utf8: UnsafeMutablePointer<UInt8>?
  let length = ASN1_STRING_to_UTF8(&utf8, string)
  guard length >= 0, let utf8 else {
    ERR_clear_error()
    return "#" + bytes(of: string).hexadecimal
  }
  defer { CRYPTO_free(utf8, nil, 0) }
  return String(decoding: UnsafeBufferPointer(start: utf8, count: Int(length)), as: UTF8.self)
}

/// The contents of a string of ASN.1.
func bytes(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
  guard let string, let start = ASN1_STRING_get0_data(string) else { return [] }
  return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(string))))
}

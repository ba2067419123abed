/// The element name of a property, and back: `hostName` is written `host_name`, `redirectsToHTTPS`
/// `redirects_to_https`.
///
/// An abbreviation or an upper-case letter becomes `_` and its small letters, `_` is doubled, and
/// what XML does not allow at its place is written `_.HEX.`; so every key has a name, and no two
/// keys share one.
enum ElementName {
  /// Abbreviations that are one word in a name, the longer before what they begin with; no two
  /// have the same small letters.
  private static let abbreviations = ["HTTPS", "FQDN", "DNS", "TLS", "URLs", "URL", "DN"]

  /// The name of a key.
  static func encode(_ key: String) -> String { spell(key, abbreviations) }

  /// The name that a key had before abbreviations were words: `redirects_to_h_t_t_p_s`.
  static func encodeLetterByLetter(_ key: String) -> String { spell(key, []) }

  /// The key whose name this is, or was, or nil when no key has it.
  static func decode(_ name: String) -> String? {
    guard let key = read(name) else { return nil }
    // Only the canonical spellings count: two names must never mean one key.
    return [encode(key), encodeLetterByLetter(key)].contains {
      $0.unicodeScalars.elementsEqual(name.unicodeScalars)
    } ? key : nil
  }

  private static func spell(_ key: String, _ abbreviations: [String]) -> String {
    if key.isEmpty { return "_.." }
    var name = ""
    var rest = Substring.UnicodeScalarView(key.unicodeScalars)
    while let scalar = rest.first {
      if let word = abbreviation(at: rest, abbreviations) {
        name += "_\(word.lowercased())"
        rest.removeFirst(word.count)
        continue
      }
      switch scalar {
      case "A"..."Z":
        let small = Unicode.Scalar(UInt8(scalar.value) | 0x20)
        let word = "\(small)" + String(rest.dropFirst().prefix { ("a"..."z").contains($0) })
        // `Https` must not be taken for the abbreviation.
        let isTaken = abbreviations.contains { $0.lowercased() == word }
        name += isTaken ? escape(scalar) : "_\(small)"
      case "_": name += "__"
      case "a"..."z": name.unicodeScalars.append(scalar)
      case "0"..."9", "-", ".":
        if name.isEmpty { fallthrough }
        name.unicodeScalars.append(scalar)
      default: name += escape(scalar)
      }
      rest.removeFirst()
    }
    return name
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    "_.\(String(scalar.value, radix: 16))."
  }

  /// The abbreviation with which a text begins; no small letter follows.
  private static func abbreviation(
    at text: Substring.UnicodeScalarView, _ abbreviations: [String]
  ) -> String? {
    abbreviations.first { word in
      guard text.starts(with: word.unicodeScalars) else { return false }
      return text.dropFirst(word.count).first.map { ("a"..."z").contains($0) } != true
    }
  }

  private static func read(_ name: String) -> String? {
    var key = ""
    var rest = Substring.UnicodeScalarView(name.unicodeScalars)
    while let scalar = rest.popFirst() {
      guard scalar == "_" else {
        key.unicodeScalars.append(scalar)
        continue
      }
      switch rest.first {
      case "_":
        rest.removeFirst()
        key += "_"
      case .some("a"..."z"):
        let word = String(rest.prefix { ("a"..."z").contains($0) })
        rest.removeFirst(word.count)
        key +=
          abbreviations.first { $0.lowercased() == word }
          ?? word.prefix(1).uppercased() + word.dropFirst()
      case ".":
        rest.removeFirst()
        guard let end = rest.firstIndex(of: ".") else { return nil }
        let digits = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        if digits.isEmpty { continue }
        guard let value = UInt32(digits, radix: 16), let escaped = Unicode.Scalar(value) else {
          return nil
        }
        key.unicodeScalars.append(escaped)
      default: return nil
      }
    }
    return key
  }
}

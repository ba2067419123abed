/// The element name of a property, and back: `hostName` is written `host_name`.
///
/// An upper-case letter becomes `_` and the small letter, `_` is doubled, and what XML does not
/// allow at its place is written `_.HEX.`; so every key has a name, and no two keys share one.
enum ElementName {
  static func encode(_ key: String) -> String {
    if key.isEmpty { return "_.." }
    var name = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "A"..."Z":
        name += "_"
        name.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
      case "_": name += "__"
      case "a"..."z": name.unicodeScalars.append(scalar)
      case "0"..."9", "-", ".":
        if name.isEmpty { fallthrough }
        name.unicodeScalars.append(scalar)
      default: name += "_.\(String(scalar.value, radix: 16))."
      }
    }
    return name
  }

  /// The key whose name this is, or nil when no key has it.
  static func decode(_ name: String) -> String? {
    var key = String.UnicodeScalarView()
    var rest = name.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "_" else {
        key.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "_": key.append("_")
      case .some(let small) where ("a"..."z").contains(small):
        key.append(Unicode.Scalar(UInt8(small.value) & 0xDF))
      case ".":
        guard let end = rest.firstIndex(of: ".") else { return nil }
        let digits = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        if digits.isEmpty { continue }
        guard let value = UInt32(digits, radix: 16), let escaped = Unicode.Scalar(value) else {
          return nil
        }
        key.append(escaped)
      default: return nil
      }
    }
    // Only the one canonical spelling counts: two names must never mean one key.
    let result = String(key)
    return encode(result).unicodeScalars.elementsEqual(name.unicodeScalars) ? result : nil
  }
}

extension MasterFileParser {
  /// Seconds as a number, or with units as `1w2d3h4m5s`.
  static func seconds(_ text: String) -> UInt32? {
    if let seconds = UInt32(text) { return seconds }
    let units: [Character: UInt32] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]
    var total: UInt32 = 0
    var digits = ""
    for character in text.lowercased() {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let unit = units[character], let count = UInt32(digits) else { return nil }
      let (product, overflows) = count.multipliedReportingOverflow(by: unit)
      let (sum, sumOverflows) = total.addingReportingOverflow(product)
      guard !overflows, !sumOverflows else { return nil }
      total = sum
      digits = ""
    }
    return digits.isEmpty && !text.isEmpty ? total : nil
  }

  /// Bytes from hexadecimal digits, two a byte.
  static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Character(Unicode.Scalar(digits[index])).hexDigitValue,
        let low = Character(Unicode.Scalar(digits[index + 1])).hexDigitValue
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}

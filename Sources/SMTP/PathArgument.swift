/// What follows MAIL and RCPT: a path and parameters, `FROM:<a@b> SIZE=1000` (RFC 5321 §4.1.1.2).
struct PathArgument: Equatable {
  /// A parameter, its keyword in capital letters.
  struct Parameter: Equatable {
    var keyword: String
    var value: String?
  }

  var address: EnvelopeAddress
  var parameters: [Parameter]

  /// Reads the argument; blanks after the colon and missing brackets are tolerated, as people
  /// type them.
  ///
  /// - Parameter label: `FROM:` or `TO:`, in capital letters.
  init?(_ argument: ArraySlice<UInt8>, label: StaticString) {
    let length = label.utf8CodeUnitCount
    let isLabelled = label.withUTF8Buffer { label in
      argument.prefix(length).elementsEqual(label) { $0.capital == $1 }
    }
    guard isLabelled else { return nil }
    let rest = argument.dropFirst(length).trimmed
    let path: ArraySlice<UInt8>
    if rest.first == UInt8(ascii: "<") {
      guard let end = PathArgument.closingBracket(of: rest) else { return nil }
      path = PathArgument.withoutRoute(rest[(rest.startIndex + 1)..<end])
      parameters = PathArgument.parameters(in: rest[(end + 1)...])
      guard end + 1 == rest.endIndex || rest[end + 1].isBlank else { return nil }
    } else {
      path = rest.prefix { !$0.isBlank }
      parameters = PathArgument.parameters(in: rest[path.endIndex...])
      guard !path.isEmpty else { return nil }
    }
    guard let address = EnvelopeAddress(path) else { return nil }
    self.address = address
  }

  /// The first `>` outside a quoted local part.
  private static func closingBracket(of path: ArraySlice<UInt8>) -> Int? {
    var isQuoted = false
    var isEscaped = false
    for (index, byte) in zip(path.indices, path) {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isQuoted: isEscaped = true
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ">") where !isQuoted: return index
      default: break
      }
    }
    return nil
  }

  /// A source route `@a,@b:` is accepted and ignored (RFC 5321 appendix C).
  private static func withoutRoute(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard path.first == UInt8(ascii: "@"), let colon = path.firstIndex(of: UInt8(ascii: ":"))
    else { return path }
    return path[(colon + 1)...]
  }

  private static func parameters(in rest: ArraySlice<UInt8>) -> [Parameter] {
    rest.split(whereSeparator: \.isBlank).map { word in
      let keyword = word.prefix { $0 != UInt8(ascii: "=") }
      let value = word[keyword.endIndex...].dropFirst()
      return Parameter(
        keyword: String(decoding: keyword, as: UTF8.self).uppercased(),
        value: keyword.endIndex == word.endIndex ? nil : String(decoding: value, as: UTF8.self))
    }
  }
}

extension UInt8 {
  /// A blank or a tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// The capital of a small ASCII letter; any other byte as it is.
  var capital: UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 0x20 : self
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks and tabs at both ends.
  var trimmed: ArraySlice<UInt8> {
    guard let last = lastIndex(where: { !$0.isBlank }) else { return [] }
    return self[...last].drop(while: \.isBlank)
  }
}

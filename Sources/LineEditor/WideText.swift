import Glibc

/// A text as a C string of code points, for as long as libedit needs it.
final class WideText {
  private(set) var pointer: UnsafeMutablePointer<wchar_t>

  init(_ text: String = "") {
    pointer = Self.copy(text)
  }

  deinit {
    pointer.deallocate()
  }

  var text: String = "" {
    didSet {
      pointer.deallocate()
      pointer = Self.copy(text)
    }
  }

  /// Makes a copy that lives as long as the call.
  static func with<Result>(
    _ text: String, _ body: (UnsafePointer<wchar_t>) -> Result
  ) -> Result {
    let copy = copy(text)
    defer { copy.deallocate() }
    return body(copy)
  }

  private static func copy(_ text: String) -> UnsafeMutablePointer<wchar_t> {
    let scalars = text.unicodeScalars
    let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: scalars.count + 1)
    copy[scalars.count] = 0
    for (index, scalar) in scalars.enumerated() {
      copy[index] = wchar_t(scalar.value)
    }
    return copy
  }
}

extension String {
  /// Makes a text of code points; what is none becomes U+FFFD.
  init(wide start: UnsafePointer<wchar_t>, count: Int) {
    var scalars = UnicodeScalarView()
    for character in UnsafeBufferPointer(start: start, count: count) {
      scalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    self.init(scalars)
  }
}

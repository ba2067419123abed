import TestSupport
import XMLCoding

// Documents by chance.
extension SeededGenerator {
  /// A text from all corners: blanks, line ends, markup, Latin-1, C1, accents, astral characters.
  mutating func text(upTo count: Int) -> String {
    let pools: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x09...0x0A, 0x0D...0x0D, 0x20...0x20, 0x26...0x26, 0x3C...0x3E, 0x7F...0x9F,
      0xA0...0xFF, 0x300...0x36F, 0x2028...0x2029, 0x4E00...0x9FFF, 0xE000...0xFFFD,
      0x1F600...0x1F64F, 0x10FFF0...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      guard let pool = pools.randomElement(using: &self),
        let scalar = Unicode.Scalar(UInt32.random(in: pool, using: &self))
      else { continue }
      text.append(scalar)
    }
    return String(text)
  }

  mutating func name() -> String {
    let starts = Array("abcxyzABC_éÖ")
    let parts = Array("abcxyz0129-._é")
    let count = Int.random(in: 0...8, using: &self)
    var name = ""
    if let start = starts.randomElement(using: &self) { name.append(start) }
    for _ in 0..<count {
      if let part = parts.randomElement(using: &self) { name.append(part) }
    }
    return name
  }

  mutating func element(depth: Int) -> Element {
    var element = Element(name())
    for _ in 0..<Int.random(in: 0...2, using: &self) { element.attributes[name()] = text(upTo: 6) }
    let children = depth > 0 ? Int.random(in: 0...4, using: &self) : 0
    element.children = (0..<children).map { _ in self.element(depth: depth - 1) }
    if children == 0 { element.text = text(upTo: 12) }
    return element
  }
}

extension Element {
  /// Every text of the tree as code points: `==` on strings takes é for e with an accent.
  var scalars: [UInt32] {
    func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) + [0] }
    return scalars(name)
      + attributes.sorted { $0.key < $1.key }.flatMap { scalars($0.key) + scalars($0.value) }
      + scalars(text) + children.flatMap(\.scalars) + [1]
  }
}

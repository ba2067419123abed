/// An input whose first bytes choose how the rest of it is used.
struct FuzzInput {
  /// What is left.
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Takes a byte; 0 at the end.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// Takes a yes or no; no at the end.
  mutating func flag() -> Bool { byte() & 1 == 1 }

  /// Takes one of several.
  mutating func choice<Value>(of values: [Value]) -> Value {
    values[Int(byte()) % values.count]
  }

  /// What is left, parted at a byte.
  func parts(at separator: UInt8) -> [ArraySlice<UInt8>] {
    rest.split(separator: separator, omittingEmptySubsequences: false)
  }

  /// What is left, byte by byte.
  var crumbs: [ArraySlice<UInt8>] { rest.indices.map { rest[$0...$0] } }
}

import TestSupport
import Testing

@testable import Resolver

@Suite struct WireTests {
  @Test(arguments: [
    (RecordType.a, [10, 0, 0], false), (.a, [10, 0, 0, 1], true), (.a, [10, 0, 0, 1, 0], false),
    (.aaaa, [UInt8](repeating: 1, count: 16), true),
    (.aaaa, [UInt8](repeating: 1, count: 15), false),
    (.mx, [0, 10, 1, 97, 0], true), (.mx, [0, 10], false), (.mx, [0, 10, 1, 97], false),
    (.ns, [0], true), (.ns, [], false), (.ns, [1, 97, 0, 0], false), (.ns, [0xC0, 0], false),
    (.cname, [64] + [UInt8](repeating: 97, count: 64) + [0], false),
    (.txt, [0], true), (.txt, [], false), (.txt, [3, 97, 98], false), (.txt, [1, 97, 0], true),
    (.tlsa, [3, 1, 1], true), (.tlsa, [3, 1], false),
    (.soa, [0, 0] + [UInt8](repeating: 0, count: 20), true),
    (.soa, [0, 0] + [UInt8](repeating: 0, count: 19), false),
  ])
  func dataFitTheTypeOrAreNone(type: RecordType, bytes: [UInt8], isData: Bool) {
    #expect((RecordData(type, wire: bytes)?.type == type) == isData)
  }

  @Test(arguments: [
    ([1, 97, 1, 98, 0], "a.b"), ([3, 97, 46, 98, 0], #"a\.b"#), ([2, 10, 65, 0], #"\010a"#),
    ([2, 92, 32, 0], #"\\\032"#), ([1, 200, 0], #"\200"#), ([0], "."),
  ])
  func namesNeverLookLikeOthers(bytes: [UInt8], expected: String) {
    guard case .ptr(let name) = RecordData(.ptr, wire: bytes) else {
      Issue.record("not read")
      return
    }
    #expect(name.description == expected)
  }

  @Test func aNameMayHave255Bytes() {
    let label = [63] + [UInt8](repeating: 97, count: 63)
    let last = [61] + [UInt8](repeating: 97, count: 61)
    #expect(RecordData(.ns, wire: label + label + label + last + [0]) != nil)
    #expect(RecordData(.ns, wire: label + label + label + label + [0]) == nil)
  }

  @Test(arguments: RecordType.allCases)
  func anyBytesAreReadOrRefused(type: RecordType) {
    var generator = SeededGenerator(seed: UInt64(type.number))
    var types: [RecordType] = []
    for _ in 0..<5000 {
      let count = Int.random(in: 0...40, using: &generator)
      let greatest: UInt8 = Bool.random(using: &generator) ? 255 : 6
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...greatest, using: &generator) }
      if let data = RecordData(type, wire: bytes) { types.append(data.type) }
    }
    #expect(!types.isEmpty)
    #expect(types.allSatisfy { $0 == type })
  }
}

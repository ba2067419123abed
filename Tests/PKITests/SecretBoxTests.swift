import Foundation
import PKI
import Testing

@Suite struct SecretBoxTests {
  @Test func theKnownAnswerOfTheStandardOpens() throws {
    // Test case 14 of the GCM specification: all zero, 16 bytes.
    let cipher = "cea7403d4d606b6e074ec5d3baf39d18", tag = "d0d1c8a799996bf0265b98b5d48ab919"
    let sealed = [UInt8](repeating: 0, count: 12) + bytes(cipher + tag)
    let box = try SecretBox(key: [UInt8](repeating: 0, count: 32))
    #expect(try box.open(sealed, authenticating: []) == [UInt8](repeating: 0, count: 16))
  }

  @Test(arguments: [0, 1, 16, 1_000_000])
  func whatIsSealedOpens(count: Int) throws {
    let box = try SecretBox(key: SecretBox.randomKey())
    let clear = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let sealed = try box.seal(clear, authenticating: [1, 2])
    #expect(sealed.count == count + 28)
    #expect(try box.open(sealed, authenticating: [1, 2]) == clear)
  }

  @Test func anyChangedBitBreaksTheSeal() throws {
    let box = try SecretBox(key: SecretBox.randomKey())
    let sealed = try box.seal(Array("ironport".utf8), authenticating: [])
    for bit in 0..<sealed.count * 8 {
      var changed = sealed
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      expectError(.sealBroken) { _ = try box.open(changed, authenticating: []) }
    }
    for length in 0..<sealed.count {
      expectError(.sealBroken) {
        _ = try box.open(Array(sealed.prefix(length)), authenticating: [])
      }
    }
  }

  @Test func keysHaveThirtyTwoBytesAndDiffer() throws {
    #expect(SecretBox.randomKey().count == 32)
    #expect(SecretBox.randomKey() != SecretBox.randomKey())
    expectError(.outOfBounds) { _ = try SecretBox(key: [1, 2, 3]) }
    let box = try SecretBox(key: [UInt8](repeating: 77, count: 32))
    #expect("\(box) \(String(reflecting: box))".contains("***"))
    #expect(!"\(box) \(String(reflecting: box))".contains("77"))
  }

  private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
  }
}

import Foundation
import Testing

@testable import PKI

/// Who signed whom is found out once.
struct SignatureMemoryTests {
  @Test func anAnswerIsFoundOutOnceForEachPair() async throws {
    let one = try await certificate("one.example")
    let other = try await certificate("other.example")
    let memory = SignatureMemory(limit: 10)
    var questions = 0
    func ask(_ certificate: Certificate, _ issuer: Certificate) -> Bool {
      memory.answer(.init(certificate: certificate, issuer: issuer)) {
        questions += 1
        return certificate == issuer
      }
    }
    for _ in 0..<3 {
      #expect(ask(one, one))
      #expect(!ask(one, other))
      #expect(!ask(other, one))
    }
    #expect(questions == 3)
  }

  @Test func nothingGrowsWithoutLimit() async throws {
    let memory = SignatureMemory(limit: 2)
    for number in 0..<5 {
      let new = try await certificate("\(number).example")
      #expect(memory.answer(.init(certificate: new, issuer: new)) { true })
      #expect(memory.count <= 2)
    }
  }

  private func certificate(_ name: String) async throws -> Certificate {
    let key = try await PrivateKey.generate(.p256)
    return try Certificate.selfSigned(
      subject: DistinguishedName(commonName: name), key: key, notBefore: .now, days: 1,
      serialNumber: [1])
  }
}

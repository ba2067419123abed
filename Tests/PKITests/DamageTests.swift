import Foundation
import PKI
import Testing

/// Damaged input: whatever is done to it, it is read or refused by a `PKIError`.
@Suite struct DamageTests {
  /// A generator whose numbers are the same in each run (SplitMix64).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// Runs a reader over damaged copies and counts how many it refused.
  private func refusals(
    of bytes: [UInt8], copies: Int, seed: UInt64, _ read: ([UInt8]) throws -> Void
  ) -> Int {
    var numbers = Numbers(state: seed)
    return (0..<copies).count { copy in
      var damaged = bytes
      switch copy % 4 {
      case 0: damaged.removeLast(Int.random(in: 1...bytes.count, using: &numbers))
      case 1:
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        damaged.removeSubrange(place..<min(place + 5, bytes.count))
      case 2:
        for _ in 0..<8 {
          damaged[Int.random(in: 0..<bytes.count, using: &numbers)] = .random(
            in: .min ... .max, using: &numbers)
        }
      default:
        damaged[Int.random(in: 0..<bytes.count, using: &numbers)] ^=
          1 << UInt8.random(in: 0...7, using: &numbers)
      }
      do {
        try read(damaged)
        return false
      } catch {
        #expect(error is PKIError, "\(error)")
        return true
      }
    }
  }

  @Test func certificatesOfDamagedBytes() throws {
    let lab = try Lab.shared.get()
    let refused = refusals(of: lab.leaf.der, copies: 900, seed: 1) { bytes in
      let certificate = try Certificate(der: bytes)
      _ = (
        certificate.isSelfSigned, certificate.isSigned(by: lab.lower), lab.leafKey.fits(certificate)
      )
      _ = (certificate.subject.description, certificate.subject.oneLine(), certificate.pem)
      let result = try TrustStore(authorities: [lab.root]).verify(
        leaf: certificate, intermediates: [lab.lower, lab.upper], at: lab.today)
      if result.isVerified, certificate != lab.leaf {
        // A change that leaves the signed part alone, such as a longer form of a length.
        #expect(certificate.subject == lab.leaf.subject)
      }
    }
    #expect(refused > 450)
  }

  @Test func pemTextsOfDamagedBytes() throws {
    let lab = try Lab.shared.get()
    let text = lab.leaf.pem + lab.leafKey.pem + lab.lower.pem
    let refused = refusals(of: Array(text.utf8), copies: 400, seed: 2) { bytes in
      let container = try PEMContainer(bytes: bytes)
      _ = container.split(for: lab.leafKey)
      _ = try PEMContainer(text: String(decoding: bytes, as: UTF8.self))
    }
    #expect(refused > 200)
  }

  @Test(arguments: ["modern", "legacy", "own"])
  func pkcs12FilesOfDamagedBytes(kind: String) throws {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    var bytes = try PKCS12.seal(
      key: lab.leafKey, certificate: lab.leaf, chain: [lab.lower], name: "a", passphrase: "secret")
    if kind != "own" {
      let option = kind == "legacy" ? "-legacy" : ""
      let pair = "-in \(lab.folder.path("leaf.pem")) -inkey \(lab.folder.path("leaf.key"))"
      try folder.openssl("pkcs12 -export \(option) \(pair) -passout pass:secret -out f.p12")
      bytes = try folder.bytes("f.p12")
    }
    var codes: Set<PKIError.Code> = []
    let refused = refusals(of: bytes, copies: 100, seed: 3) { bytes in
      do { _ = try PKCS12.open(bytes, passphrase: "secret") } catch let error as PKIError {
        codes.insert(error.code)
        throw error
      }
    }
    // Only a change of what stands outside the authenticated part (a name of an attribute does not)
    // may go unnoticed.
    #expect(refused > 95)
    #expect(codes.isSubset(of: [.corrupt, .wrongPassphrase, .unsupported, .wrongFormat]))
    #expect(codes.contains(.corrupt))
  }

  @Test func pkcs12FilesWithoutAMACOfDamagedBytes() throws {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    let pair = "-in \(lab.folder.path("leaf.pem")) -inkey \(lab.folder.path("leaf.key"))"
    let open = "-nomac -certpbe NONE -keypbe NONE"
    try folder.openssl("pkcs12 -export \(open) \(pair) -passout pass:secret -out f.p12")
    let refused = try refusals(of: folder.bytes("f.p12"), copies: 300, seed: 4) { bytes in
      let opened = try PKCS12.open(bytes, passphrase: "secret")
      #expect(opened.key.fits(opened.certificate))
    }
    #expect(refused > 150)
  }

  @Test func keysAndRequestsOfDamagedBytes() throws {
    let lab = try Lab.shared.get()
    let request = try CertificateRequest(subject: lab.leaf.subject, key: lab.leafKey)
    let requests = refusals(of: request.der, copies: 300, seed: 5) {
      _ = try CertificateRequest(der: $0)
    }
    #expect(requests > 150)
    let keys = refusals(of: lab.leafKey.pkcs8DER, copies: 300, seed: 6) {
      _ = try PrivateKey(der: $0)
    }
    #expect(keys > 150)
  }
}

import COpenSSL
import PKI
import TestSupport
import Testing

@testable import TLS

/// What the other side showed: its own certificate first, or nothing.
@Suite struct PeerCertificatesTests {
  private func certificates(_ encodings: [[UInt8]]) throws -> [Certificate] {
    let read = try encodings.map { der in
      try #require(
        der.withUnsafeBufferPointer { buffer in
          var next = buffer.baseAddress
          return d2i_X509(nil, &next, buffer.count)
        })
    }
    defer { for pointer in read { X509_free(pointer) } }
    return PeerCertificates(read).all
  }

  /// A certificate whose last month is the thirteenth: OpenSSL decodes it, and it has no date.
  private func unreadable(_ certificate: Certificate) throws -> [UInt8] {
    let end = Array("350101000000Z".utf8)
    var der = certificate.der
    let place = try #require(der.indices.last { der[$0...].starts(with: end) })
    der.replaceSubrange(place..<place + end.count, with: "351301000000Z".utf8)
    #expect(throws: PKIError.self) { try Certificate(der: der) }
    return der
  }

  @Test func anotherCertificateNeverStandsForTheLeaf() async throws {
    let issued = try await IssuedCertificates.shared
    let good = issued[.good].certificate
    let (leaf, sub) = try (unreadable(good), unreadable(issued.intermediate))
    #expect(try certificates([leaf, issued.root.der]).isEmpty)
    #expect(try certificates([good.der, sub, issued.root.der]) == [good, issued.root])
    #expect(try certificates([]).isEmpty)
  }
}

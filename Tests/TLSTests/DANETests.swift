import Foundation
import PKI
import TLS
import TestSupport
import Testing

/// What DANE makes of a server, against the verdict of `openssl s_client`.
@Suite struct DANETests {
  /// A record, what it is made of, and what comes out.
  struct Case: Sendable, CustomTestStringConvertible {
    /// The three numbers and the file that the data are taken of: `3 1 1 good`.
    let record: String
    var server = IssuedCertificates.Verdict.good
    var sendsRoot = false
    var base = "mx1.partner.example"
    var otherName: String?
    var code: Int32 = 0

    var testDescription: String { "\(record), \(server) at \(base)" }
  }

  static let cases = [
    // The server's own certificate, in all ways.
    Case(record: "3 1 1 good"),
    Case(record: "3 1 2 good"),
    Case(record: "3 1 0 good"),
    Case(record: "3 0 1 good"),
    Case(record: "3 0 2 good"),
    Case(record: "3 0 0 good"),
    Case(record: "3 1 1 expired", code: 65),
    // Neither its dates nor its names nor its purposes count.
    Case(record: "3 1 1 expired", server: .expired),
    Case(record: "3 1 1 future", server: .future),
    Case(record: "3 1 1 good", base: "mx.other.example"),
    Case(record: "3 1 1 client-only", server: .clientOnly),
    // A trust anchor must be sent, or stand in the record.
    Case(record: "2 0 1 sub"),
    Case(record: "2 1 2 sub"),
    Case(record: "2 0 1 root", sendsRoot: true),
    Case(record: "2 0 1 root", code: 65),
    Case(record: "2 0 0 root"),
    // Below it names, dates and purposes count.
    Case(record: "2 0 1 sub", base: "mx.other.example", code: 62),
    Case(record: "2 0 1 sub", base: "mx.other.example", otherName: "mx1.partner.example"),
    Case(record: "2 0 1 sub", server: .expired, code: 10),
    Case(record: "2 0 1 sub", server: .clientOnly, code: 26),
    // An issuer is not the server, nor the server an issuer.
    Case(record: "3 0 1 sub", code: 65),
    Case(record: "2 0 1 good", code: 65),
  ]

  private func connection(_ test: Case, _ records: [DANEParameters.Record]? = nil) async throws
    -> TLSPair
  {
    let issued = try await IssuedCertificates.shared
    let leaf = issued[test.server]
    let dane = DANEParameters(
      baseDomain: test.base, hostNames: test.otherName.map { [$0] } ?? [],
      records: try records ?? [issued.record(test.record)])
    var pair = try TLSPair(
      client: .client(verification: .none),
      server: await .server(
        identity: TLSIdentity(
          certificate: leaf.certificate,
          intermediates: [issued.intermediate] + (test.sendsRoot ? [issued.root] : []),
          key: leaf.key)),
      dane: dane, at: .testMoment)
    pair.shakeHands()
    return pair
  }

  @Test(arguments: cases)
  func theRecordDecides(test: Case) async throws {
    let pair = try await connection(test)
    #expect(pair.isComplete == (test.code == 0))
    #expect(TLSPair.failure(pair.clientState)?.verification?.code ?? 0 == test.code)
    let record = try await IssuedCertificates.shared.record(test.record)
    #expect(pair.client.daneMatch?.record == (test.code == 0 ? record : nil))
  }

  @Test(arguments: cases)
  func theCommandSaysTheSame(test: Case) async throws {
    // The command knows one name only.
    guard test.otherName == nil else { return }
    let issued = try await IssuedCertificates.shared
    let folder = issued.folder
    let chain = UUID().uuidString
    let files = test.sendsRoot ? ["sub.pem", "root.pem"] : ["sub.pem"]
    try folder.write(files.flatMap { try folder.read($0) }, to: chain)
    let server = try OpenSSLServer(
      in: folder,
      "-cert \(test.server.rawValue).pem -key \(test.server.rawValue).key -cert_chain \(chain)")
    defer { server.stop() }
    let said = try folder.openssl(
      "s_client -connect 127.0.0.1:\(server.port) -dane_tlsa_domain \(test.base)",
      "-attime \(Int(Date.testMoment.timeIntervalSince1970)) -dane_ee_no_namechecks",
      "-dane_tlsa_rrdata {}", with: issued.record(test.record).description, status: nil)
    let verdict =
      test.code == 0 ? "Verify return code: 0 (ok)" : "verify error:num=\(test.code):"
    #expect(said.contains(verdict), "\(said)")
  }

  @Test func oneRecordOfSeveralIsEnough() async throws {
    let issued = try await IssuedCertificates.shared
    let records = try ["3 1 1 expired", "3 1 1 good", "1 1 1 sub"].map(issued.record)
    let pair = try await connection(Case(record: ""), records)
    #expect(pair.isComplete)
    #expect(pair.client.daneMatch == DANEMatch(record: records[1], depth: 0))
    #expect(pair.client.verification == .verified)
  }

  @Test(arguments: ["0 0 1 root", "1 0 1 good", "1 1 1 good"])
  func recordsOfAuthoritiesAreNotUsable(record: String) async throws {
    let record = try await IssuedCertificates.shared.record(record)
    #expect(!record.isUsable)
    await #expect {
      _ = try await connection(Case(record: ""), [record])
    } throws: { "\($0)" == "No TLSA record of mx1.partner.example can be used." }
  }

  @Test(arguments: [
    (3, 1, 1, 31), (3, 1, 1, 33), (3, 1, 2, 32), (3, 2, 1, 32), (3, 1, 3, 32), (4, 1, 1, 32),
    (255, 1, 1, 32), (3, 0, 0, 40), (3, 1, 0, 40), (2, 0, 0, 0), (3, 1, 1, 0),
  ])
  func damagedRecordsAreNotUsable(usage: Int, selector: Int, matching: Int, count: Int) {
    let record = DANEParameters.Record(
      usage: UInt8(usage), selector: UInt8(selector), matching: UInt8(matching),
      data: Array(repeating: 0x30, count: count))
    #expect(!record.isUsable)
  }

  @Test func aServerWithoutACertificateIsNotTheOne() async throws {
    let record = try await IssuedCertificates.shared.record("3 1 1 good")
    var pair = try TLSPair(
      client: .client(.tls12, .tls12, ciphers: "ALL"),
      server: await .server(.tls12, .tls12, ciphers: "AECDH-AES256-SHA"),
      dane: DANEParameters(baseDomain: "mx1.partner.example", records: [record]), at: .testMoment)
    pair.shakeHands()
    #expect(TLSPair.failure(pair.serverState)?.reason == .noSharedCipher)
    #expect(pair.client.daneMatch == nil)
  }

  @Test func withoutRecordsThereIsNoConnection() async throws {
    await #expect(throws: TLSContextError.self) {
      _ = try await connection(Case(record: ""), [])
    }
  }
}

extension IssuedCertificates {
  /// The record that three numbers and the name of a file describe, such as `3 1 1 good`.
  func record(_ text: String) throws -> DANEParameters.Record {
    let words = text.split(separator: " ")
    let numbers = words.prefix(3).compactMap { UInt8($0) }
    // Tests run at the same time in the one folder.
    let file = UUID().uuidString
    if numbers[1] == 0 {
      try folder.openssl("x509 -in \(words[3]).pem -outform DER -out \(file)")
    } else {
      try folder.openssl("x509 -in \(words[3]).pem -noout -pubkey -out \(file).key")
      try folder.openssl("pkey -pubin -in \(file).key -outform DER -out \(file)")
    }
    if numbers[2] > 0 {
      let digest = numbers[2] == 1 ? "sha256" : "sha512"
      try folder.openssl("dgst -\(digest) -binary -out \(file).digest \(file)")
    }
    return DANEParameters.Record(
      usage: numbers[0], selector: numbers[1], matching: numbers[2],
      data: try folder.read(numbers[2] == 0 ? file : "\(file).digest"))
  }
}

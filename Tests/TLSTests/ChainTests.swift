import Foundation
import PKI
import TLS
import TestSupport
import Testing

/// Which of several reasons is told, against the verdict of `openssl verify`.
@Suite struct ChainTests {
  /// A chain as a server or client sends it, and what is wrong with it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let leaf: IssuedCertificates.Verdict
    var sendsIntermediate = true
    var trustsRoot = true
    var code: Int32 = 0
    var depth = 0
    /// The alert that the other side gets (RFC 8446 §6.2).
    var alert: Int?

    var testDescription: String { name }

    func anchors(_ issued: IssuedCertificates) throws -> TrustAnchors {
      try TrustAnchors(
        trustsRoot ? [issued.root] : [],
        revocationLists: RevocationList.lists(in: Array(issued.revocationLists.joined().utf8)))
    }

    func identity(_ issued: IssuedCertificates) -> TLSIdentity {
      TLSIdentity(
        certificate: issued[leaf].certificate,
        intermediates: sendsIntermediate ? [issued.intermediate] : [], key: issued[leaf].key)
    }
  }

  static let servers = [
    Case(name: "good", leaf: .good),
    Case(name: "server only", leaf: .serverOnly),
    Case(name: "expired", leaf: .expired, code: 10, alert: 45),
    Case(name: "not yet valid", leaf: .future, code: 9, alert: 42),
    Case(name: "for clients only", leaf: .clientOnly, code: 26, alert: 43),
    Case(name: "revoked", leaf: .revoked, code: 23, alert: 44),
    Case(name: "no intermediate", leaf: .good, sendsIntermediate: false, code: 20, alert: 48),
    Case(name: "unknown root", leaf: .good, trustsRoot: false, code: 20, depth: 1, alert: 48),
  ]

  /// Here the leaf's own fault is told and not the one further up, at which the command stops.
  static let serversWithTwoFaults = [
    Case(
      name: "expired under an unknown root", leaf: .expired, trustsRoot: false, code: 10, alert: 45),
    Case(
      name: "revoked under an unknown root", leaf: .revoked, trustsRoot: false, code: 23, alert: 44),
  ]

  @Test(arguments: servers + serversWithTwoFaults, [ProtocolVersion.tls12, .tls13])
  func aClientTellsTheReasonNearestTheLeaf(test: Case, version: ProtocolVersion) async throws {
    let issued = try await IssuedCertificates.shared
    var pair = try TLSPair(
      client: .client(version, version, verification: .required, anchors: test.anchors(issued)),
      server: await .server(identity: test.identity(issued)), at: .testMoment)
    pair.shakeHands()
    let failure = TLSPair.failure(pair.clientState)
    #expect(pair.isComplete == (test.code == 0))
    #expect(failure?.verification?.code ?? 0 == test.code)
    #expect(failure?.verification?.depth ?? 0 == test.depth)
    #expect(failure.map(\.reason) == (test.code == 0 ? nil : .certificateVerifyFailed))
    #expect(TLSPair.failure(pair.serverState)?.reason?.receivedAlert == test.alert)
  }

  @Test(arguments: servers + serversWithTwoFaults)
  func aReportingClientGoesOnAndKnows(test: Case) async throws {
    let issued = try await IssuedCertificates.shared
    var pair = try TLSPair(
      client: .client(verification: .reported, anchors: test.anchors(issued)),
      server: await .server(identity: test.identity(issued)), at: .testMoment)
    pair.shakeHands()
    #expect(pair.isComplete)
    guard test.code != 0 else {
      #expect(pair.client.verification == .verified)
      #expect(
        pair.client.verifiedCertificates.all == [
          issued[test.leaf].certificate, issued.intermediate,
          issued.root,
        ])
      return
    }
    guard case .failed(let failure) = pair.client.verification else {
      Issue.record("nothing was found wrong")
      return
    }
    #expect(failure.code == test.code && failure.depth == test.depth)
    #expect(pair.client.verifiedCertificates.isEmpty)
  }

  @Test func aReportedFaultIsNotTheCauseOfAFailure() async throws {
    let issued = try await IssuedCertificates.shared
    var pair = try TLSPair(
      client: .client(.tls12, .tls12, verification: .reported, anchors: TrustAnchors([])),
      server: await .server(
        verification: .required, anchors: TrustAnchors([]),
        identity: TLSIdentity(
          certificate: issued[.good].certificate, intermediates: [], key: issued[.good].key)),
      at: .testMoment)
    pair.shakeHands()
    let failure = try #require(TLSPair.failure(pair.clientState))
    #expect(failure.reason?.receivedAlert == 40)
    #expect(failure.verification == nil)
  }

  @Test(arguments: servers)
  func theCommandSaysTheSame(test: Case) async throws {
    let issued = try await IssuedCertificates.shared
    let said = try issued.folder.openssl(
      "verify -purpose sslserver -attime \(Int(Date.testMoment.timeIntervalSince1970))",
      "-no-CAfile -no-CApath -no-CAstore \(test.trustsRoot ? "-CAfile root.pem" : "")",
      // It gives up at once where it finds no list.
      test.leaf == .revoked ? "-crl_check -CRLfile crls.pem" : "",
      test.sendsIntermediate ? "-untrusted sub.pem" : "", "\(test.leaf.rawValue).pem", status: nil)
    let expected =
      test.code == 0
      ? "OK"
      : VerificationFailure(code: test.code, depth: test.depth, subject: "").description
    #expect(said.contains(expected), "\(said)")
  }

  static let clients = [
    Case(name: "good", leaf: .good),
    Case(name: "for servers only", leaf: .serverOnly, code: 26, alert: 43),
    Case(name: "for clients only", leaf: .clientOnly),
    Case(name: "expired", leaf: .expired, code: 10, alert: 45),
    Case(name: "revoked", leaf: .revoked, code: 23, alert: 44),
  ]

  @Test(arguments: clients)
  func aServerJudgesItsClientsAlike(test: Case) async throws {
    let issued = try await IssuedCertificates.shared
    var pair = try TLSPair(
      client: .client(.tls12, .tls12, identity: test.identity(issued)),
      server: await .server(verification: .required, anchors: test.anchors(issued)), at: .testMoment
    )
    pair.shakeHands()
    let failure = TLSPair.failure(pair.serverState)
    #expect(pair.isComplete == (test.code == 0))
    #expect(failure?.verification?.code ?? 0 == test.code)
    #expect(TLSPair.failure(pair.clientState)?.reason?.receivedAlert == test.alert)
  }

  @Test func datesAreJudgedByTheTimeGiven() async throws {
    let issued = try await IssuedCertificates.shared
    let test = Case(name: "good", leaf: .good)
    for (year, isGood) in [(2025, false), (2027, true), (2034, true), (2036, false)] {
      var pair = try TLSPair(
        client: .client(verification: .required, anchors: test.anchors(issued)),
        server: await .server(identity: test.identity(issued)),
        at: IssuedCertificates.date(year: year))
      pair.shakeHands()
      #expect(pair.isComplete == isGood, "\(year)")
    }
  }
}

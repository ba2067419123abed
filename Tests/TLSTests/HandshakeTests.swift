import PKI
import TLS
import Testing

@Suite struct HandshakeTests {
  @Test(arguments: [
    (ProtocolVersion.tls10, "TLSv1"), (.tls11, "TLSv1.1"), (.tls12, "TLSv1.2"), (.tls13, "TLSv1.3"),
  ])
  func eachVersionIsNegotiatedAndNamed(version: ProtocolVersion, name: String) async throws {
    var pair = try TLSPair(client: .client(version, version), server: await .server())
    pair.shakeHands()
    #expect(pair.isComplete, "\(String(describing: pair.failure))")
    #expect(pair.server.protocolName == name)
    #expect(pair.client.protocolName == name)
  }

  @Test(arguments: [
    "ECDHE-RSA-AES256-GCM-SHA384", "DHE-RSA-AES256-SHA", "AES128-SHA", "DHE-RSA-AES128-GCM-SHA256",
  ])
  func theListDecidesTheCipher(cipher: String) async throws {
    var pair = try TLSPair(
      client: .client(.tls12, .tls12), server: await .server(.tls12, .tls12, ciphers: cipher))
    pair.shakeHands()
    #expect(pair.isComplete, "\(String(describing: pair.failure))")
    #expect(pair.server.cipherName == cipher)
  }

  @Test func dataTravelsBothWays() async throws {
    var pair = try TLSPair(client: .client(), server: await .server())
    pair.shakeHands()
    let long = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    try pair.client.write(long)
    pair.move(from: pair.client, to: pair.server)
    var received: [UInt8] = []
    while case .data(let bytes) = pair.server.read() { received += bytes }
    #expect(received == long)
    try pair.server.write(Array("back".utf8))
    pair.move(from: pair.server, to: pair.client)
    guard case .data(let back) = pair.client.read() else {
      Issue.record("nothing came back")
      return
    }
    #expect(back == Array("back".utf8))
  }

  @Test func shutdownIsTold() async throws {
    var pair = try TLSPair(client: .client(), server: await .server())
    pair.shakeHands()
    pair.client.shutdown()
    pair.move(from: pair.client, to: pair.server)
    guard case .closed = pair.server.read() else {
      Issue.record("the server was not told")
      return
    }
  }

  @Test("A client knows whether it was asked for a certificate", arguments: [true, false])
  func requestIsSeen(_ isAsked: Bool) async throws {
    let identity = try await Identities.client.value
    let anchors = try TrustAnchors([identity.certificate])
    for version in [ProtocolVersion.tls12, .tls13] {
      var pair = try TLSPair(
        client: .client(version, version, identity: identity),
        server: await .server(verification: isAsked ? .required : .none, anchors: anchors),
        at: Identities.start)
      #expect(!pair.client.wasAskedForCertificate)
      pair.shakeHands()
      #expect(pair.isComplete, "\(String(describing: pair.failure))")
      #expect(pair.client.wasAskedForCertificate == isAsked)
      #expect(!pair.server.wasAskedForCertificate)
      #expect(pair.client.endOfFile().wasAskedForCertificate == isAsked)
    }
  }

  @Test func noSessionIsResumed() async throws {
    // A ticket would let a client come back without seeing the certificate of the day.
    var pair = try TLSPair(client: .client(.tls13), server: await .server())
    pair.shakeHands()
    #expect(pair.isComplete)
    #expect(pair.server.outputCount == 0)
  }

  @Test func theChainGoesOutAsStoredWithDuplicates() async throws {
    let leaf = try await Identities.server.value
    let one = try await Identities.client.value.certificate
    let two = try await Identities.other.value.certificate
    let identity = TLSIdentity(
      certificate: leaf.certificate, intermediates: [two, one, two], key: leaf.key)
    var pair = try TLSPair(client: .client(), server: await .server(identity: identity))
    pair.shakeHands()
    #expect(pair.client.peerCertificates.all == [leaf.certificate, two, one, two])
  }

  @Test func aMissingIntermediateIsNotFilledInFromTheTrustList() async throws {
    let leaf = try await Identities.server.value
    let anchors = try await TrustAnchors([Identities.other.value.certificate, leaf.certificate])
    var pair = try TLSPair(client: .client(), server: await .server(anchors: anchors))
    pair.shakeHands()
    #expect(pair.client.peerCertificates.all == [leaf.certificate])
  }

  @Test func aWeakCertificateIsServed() async throws {
    let weak = try await Identities.make("weak.example", .rsa(bits: 1024))
    var pair = try TLSPair(client: .client(), server: await .server(identity: weak))
    pair.shakeHands()
    #expect(pair.client.peerCertificates.all.first?.keyDescription == "RSA 1024 bits")
  }
}

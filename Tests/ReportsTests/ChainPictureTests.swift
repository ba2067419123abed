import Dialogue
import Foundation
import PKI
import Testing

@testable import Reports

/// Pictures of chains: each fault where it belongs, in text and on a page.
@Suite struct ChainPictureTests {
  private static let now = Date(timeIntervalSince1970: 1_795_543_212)
  private static let day = 86_400.0

  /// A root, two intermediates under it and a leaf under the first of them.
  private struct World {
    let root: CertificateIssuer
    let first: CertificateIssuer
    let second: CertificateIssuer
    let leaf: Certificate
  }

  private func template(
    _ name: String, from start: Double = -10, to end: Double = 90, isAuthority: Bool = false
  ) -> CertificateTemplate {
    CertificateTemplate(
      subject: DistinguishedName(commonName: name, organization: "Lab"),
      dnsNames: isAuthority ? [] : [name],
      notBefore: Self.now.addingTimeInterval(start * Self.day),
      notAfter: Self.now.addingTimeInterval(end * Self.day), purposes: isAuthority ? [] : .tls,
      isAuthority: isAuthority)
  }

  private func world(leaf: CertificateTemplate? = nil, first: CertificateTemplate? = nil)
    async throws -> World
  {
    let root = try CertificateIssuer(
      root: template("Root", isAuthority: true), key: await .generate(.p256), serialNumber: [1])
    func issuing(_ template: CertificateTemplate, _ number: UInt8) async throws
      -> CertificateIssuer
    {
      let key = try await PrivateKey.generate(.p256)
      return CertificateIssuer(
        certificate: try root.certify(template, key: key, serialNumber: [number]), key: key)
    }
    let one = try await issuing(first ?? template("Issuing 1", isAuthority: true), 2)
    let two = try await issuing(template("Issuing 2", isAuthority: true), 3)
    return World(
      root: root, first: one, second: two,
      leaf: try await one.certify(
        leaf ?? template("mail.example.com"), key: .generate(.p256), serialNumber: [4]))
  }

  private func picture(
    _ world: World, sent intermediates: [CertificateIssuer], isTrusted: Bool = true,
    services: [String] = ["Listener IncomingMail"]
  ) throws -> ChainPicture {
    try ChainPicture(
      title: "mail", services: services,
      chain: CertificateChain(
        leaf: world.leaf, intermediates: intermediates.map(\.certificate)),
      lists: TrustLists([("the lab", isTrusted ? [world.root.certificate] : [])]), at: Self.now)
  }

  @Test func aGoodChainIsDrawnFromItsRootDown() async throws {
    let world = try await world()
    let picture = try picture(world, sent: [world.first])
    #expect(picture.isVerified && picture.faults.isEmpty)
    #expect(picture.path.map(\.name) == ["Root", "Issuing 1", "mail.example.com"])
    let serials = ["01", "02", "04"]
    let bar = "2026-11-14 ██░░░░░░░░░░░░░░░░░░░░░░ 2027-02-22  90 days left"
    #expect(
      picture.text(Ink(isColoured: false)) == """
        mail: presented by Listener IncomingMail
        ✓ Verified, up to Root.

        Root
        │  not sent, trusted by the lab
        │  \(bar)
        │  ECDSA P-256, serial \(serials[0])
        │
        └─ Issuing 1
           │  sent as number 2
           │  \(bar)
           │  ECDSA P-256, serial \(serials[1])
           │
           └─ mail.example.com
                 sent as number 1
                 \(bar)
                 names mail.example.com
                 ECDSA P-256, serial \(serials[2])

        """)
  }

  @Test func aMissingIssuerHasItsPlace() async throws {
    let world = try await world()
    let picture = try picture(world, sent: [])
    #expect(!picture.isVerified)
    #expect(picture.path.map(\.name) == ["Issuing 1", "mail.example.com"])
    #expect(picture.path[0].certificate == nil)
    #expect(
      picture.faults == [
        "Issuing 1: is missing: it is not sent, and no list of trusted authorities holds it"
      ])
    #expect(
      picture.verdict == "Not verified: unable to get local issuer certificate.")
  }

  @Test func aWrongIntermediateStandsApart() async throws {
    let world = try await world()
    let picture = try picture(world, sent: [world.second])
    #expect(picture.others.map(\.name) == ["Issuing 2"])
    #expect(picture.others[0].origin == .sent([2]))
    #expect(picture.faults.last == "Issuing 2: does not belong to the chain")
    #expect(picture.text(Ink(isColoured: false)).contains("Sent as well, and of no use:"))
  }

  @Test func aDuplicateIsSentTwice() async throws {
    let world = try await world()
    let picture = try picture(world, sent: [world.first, world.first])
    #expect(picture.isVerified)
    #expect(picture.path[1].origin == .sent([2, 3]))
    #expect(picture.faults == ["Issuing 1: is sent more than once"])
    #expect(picture.text(Ink(isColoured: false)).contains("sent as number 2 and 3"))
  }

  @Test func aRootThatIsSentIsAWarning() async throws {
    let world = try await world()
    let picture = try picture(world, sent: [world.root, world.first])
    #expect(picture.faults == ["Root: is sent before the certificate that it issued"])
    #expect(picture.path[0].remarks.map(\.weight).contains(.warning))
    #expect(picture.path[0].place == "sent as number 2, trusted by the lab")
  }

  @Test func nobodyTrustsIt() async throws {
    let world = try await world()
    let whole = try picture(world, sent: [world.first, world.root], isTrusted: false)
    #expect(
      whole.faults == ["Root: is not trusted: no list of trusted authorities holds it"])
    let cut = try picture(world, sent: [world.first], isTrusted: false)
    #expect(cut.path.map(\.name) == ["Root", "Issuing 1", "mail.example.com"])
    #expect(cut.path[0].certificate == nil)
    let alone = try await ChainPicture(
      title: "Demo", services: [],
      chain: CertificateChain(
        leaf: .selfSigned(
          subject: DistinguishedName(commonName: "Demo"), key: .generate(.p256),
          notBefore: Self.now, days: 1, serialNumber: [1]), intermediates: []),
      lists: TrustLists([]), at: Self.now)
    #expect(
      alone.faults == ["Demo: vouches for itself: no list of trusted authorities holds it"])
    #expect(alone.text(Ink(isColoured: false)).contains("Demo: no service presents it"))
  }

  @Test func datesAreJudged() async throws {
    let expired = try await world(leaf: template("mail.example.com", from: -10, to: -1))
    let old = try picture(expired, sent: [expired.first])
    #expect(old.faults == ["mail.example.com: has expired"])
    #expect(old.verdict == "Not verified: certificate has expired.")
    let early = try await world(leaf: template("mail.example.com", from: 1, to: 10))
    #expect(
      try picture(early, sent: [early.first]).faults == ["mail.example.com: is not valid yet"])
    let soon = try await world(leaf: template("mail.example.com", to: 30))
    let picture = try picture(soon, sent: [soon.first])
    #expect(picture.isVerified && picture.faults.isEmpty)
    #expect(picture.path[2].remarks.map(\.text) == ["expires soon"])
    let issuer = try await world(
      first: template("Issuing 1", from: -9, to: -1, isAuthority: true))
    let above = try self.picture(issuer, sent: [issuer.first])
    #expect(above.faults == ["Issuing 1: has expired"])
    #expect(
      above.verdict
        == "Not verified: certificate has expired, 1 above the certificate itself.")
  }

  @Test func wideNamesMoveNothing() async throws {
    let name = "中間認証局 第二"
    let world = try await world(first: template(name, isAuthority: true))
    let lines = try picture(world, sent: [world.first]).text(Ink(isColoured: false))
      .split(separator: "\n").map(String.init)
    #expect(lines.contains("└─ 中間認証局 第二"))
    // The bars of each step begin in one column, whatever stands above them.
    let bars = lines.compactMap { line in
      line.firstIndex { "█░".contains($0) }.map { String(line[..<$0]).screenWidth }
    }
    #expect(bars == [14, 17, 20], "\(lines)")
  }

  @Test func colourSaysTheSame() async throws {
    let world = try await world()
    let picture = try picture(world, sent: [world.second, world.second])
    let coloured = picture.text(Ink(isColoured: true))
    #expect(coloured.contains("\u{1B}[31m"))
    #expect(
      coloured.replacing(/\u{1B}\[\d+m/, with: "") == picture.text(Ink(isColoured: false)))
  }

  @Test func thePageHoldsItAllEscaped() async throws {
    let name = "<img src=x onerror=alert(1)>&\"'"
    let subject = DistinguishedName(commonName: name, organization: "Lab")
    var leaf = template("mail.example.com")
    leaf.subject = subject
    let world = try await world(leaf: leaf)
    let picture = try ChainPicture(
      title: name, services: [name],
      chain: CertificateChain(
        leaf: world.leaf, intermediates: [world.second.certificate]),
      lists: TrustLists([(name, [])]), at: Self.now)
    let page = picture.html
    #expect(!page.contains("<img"))
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;"))
    #expect(page.contains(world.leaf.sha256) && page.contains("Issuing 2"))
    #expect(page.contains("does not belong to the chain"))
    #expect(page.contains("width:10%"))
    #expect(page.contains("<span class=\"pill\">sent as number 1</span>"))
    // What is not escaped is this program's own.
    #expect(!page.contains("&lt;p") && !page.contains("&lt;span"))
  }
}

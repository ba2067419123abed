import SMTP
import Testing

@Suite struct RecipientAccessTests {
  private let table = RecipientAccess([
    .init(pattern: "Boss@example.com", isAccepted: false, response: "Call her\nand wait"),
    .init(pattern: "example.com", isAccepted: true),
    .init(pattern: "closed.example.com", isAccepted: false),
    .init(pattern: ".example.com", isAccepted: true),
    .init(pattern: "open.closed.example.org", isAccepted: true),
    .init(pattern: ".Example.org", isAccepted: false),
    .init(pattern: "special@example.com", isAccepted: false),
  ])

  @Test(arguments: [
    ("joe@example.com", nil), ("Joe@EXAMPLE.com", nil), ("joe@a.b.example.com", nil),
    ("boss@Example.com", "550-Call her\r\n550 and wait\r\n"),
    ("joe@closed.example.com", "550 #5.1.0 Address rejected.\r\n"),
    ("joe@x.closed.example.com", nil),
    ("joe@open.closed.example.org", nil), ("joe@example.org", "550 #5.1.0 Address rejected.\r\n"),
    ("joe@closed.example.org", "550 #5.1.0 Address rejected.\r\n"),
    // An earlier rule has decided already.
    ("special@example.com", nil),
    ("joe@notexample.com", "550 #5.1.0 Address rejected.\r\n"),
    ("postmaster", "550 #5.1.0 Address rejected.\r\n"),
  ])
  func theFirstMatchFromTheTopDecides(address: String, refusal: String?) throws {
    #expect(table.refusal(of: try #require(EnvelopeAddress(address)))?.wire == refusal)
  }

  @Test func allMatchesWhateverComesToIt() throws {
    let joe = try #require(EnvelopeAddress("joe@example.com"))
    let bare = try #require(EnvelopeAddress("joe"))
    let open = RecipientAccess([
      .init(pattern: "example.com", isAccepted: false), .init(pattern: "all", isAccepted: true),
    ])
    #expect(open.refusal(of: joe) == .addressRejected)
    #expect(open.refusal(of: bare) == nil)
    let shadowed = RecipientAccess([
      .init(pattern: "ALL", isAccepted: true), .init(pattern: "example.com", isAccepted: false),
    ])
    #expect(shadowed.refusal(of: joe) == nil)
    #expect(RecipientAccess([]).refusal(of: joe) == .addressRejected)
    #expect(RecipientAccess.everybody.refusal(of: joe) == nil)
  }
}

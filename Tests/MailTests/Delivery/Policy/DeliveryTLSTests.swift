import Configuration
@testable import Mail
import TLS
import Testing

/// The table of levels, row by row.
@Suite struct DeliveryTLSTests {
  private typealias Next = TLSConsequence.Next

  private static let record = DANEParameters.Record(
    usage: 3, selector: 1, matching: 1, data: Array(repeating: 7, count: 32))
  private static let situations: [TLSASituation] = [
    .none, .usable([record]), .unusable, .failed("the TLSA records are bogus"),
  ]

  /// What happens at each obstacle, in the order of `TLSObstacle`; nil where it cannot come up.
  private func outcomes(_ tls: DeliveryTLS) -> [TLSConsequence.Next?] {
    guard tls.triesTLS else { return Array(repeating: nil, count: 5) }
    return TLSObstacle.allCases.map { obstacle in
      if obstacle == .unverified, tls.chainCheck == .none { return nil }
      return tls.consequence(of: obstacle).next
    }
  }

  /// EHLO refused, not listed, 4xx or 5xx, handshake failed, not verified.
  private static let levels: [(OutboundTLS, [TLSConsequence.Next?])] = [
    (.off, [nil, nil, nil, nil, nil]),
    (.preferred, [.clear, .clear, .clear, .notHere, nil]),
    (.required, [.notHere, .notHere, .notHere, .notHere, nil]),
    (.preferredVerify, [.clear, .clear, .clear, .notHere, .encrypted]),
    (.requiredVerify, [.notHere, .notHere, .notHere, .notHere, .notHere]),
    (.requiredVerifyHosted, [.notHere, .notHere, .notHere, .notHere, .notHere]),
  ]

  @Test func aLevelAlone() throws {
    for (level, expected) in Self.levels {
      #expect(outcomes(DeliveryTLS(level)) == expected, "\(level)")
      for situation in Self.situations {
        let tls = try DeliveryTLS(level, dane: .none, tlsa: situation)
        #expect(tls == DeliveryTLS(level))
      }
    }
  }

  @Test func whatALevelChecks() {
    let facts = OutboundTLS.allCases.map { level in
      let tls = DeliveryTLS(level)
      return
        "\(level) \(tls.chainCheck) \(tls.nameRules.map { "\($0)" } ?? "-") \(tls.alertsOnFailure)"
    }
    #expect(
      facts == [
        "off none - false", "preferred none - false", "required none - true",
        "preferredVerify reported verify false", "requiredVerify required verify true",
        "requiredVerifyHosted required hosted true",
      ])
  }

  @Test func opportunisticWithoutSecureRecordsIsTheLevelItself() throws {
    for (level, _) in Self.levels {
      let tls = try DeliveryTLS(level, dane: .opportunistic, tlsa: .none)
      #expect(tls == DeliveryTLS(level))
    }
  }

  @Test(arguments: [DANESupport.opportunistic, .mandatory])
  func usableRecordsMustBeObeyed(dane: DANESupport) throws {
    for (level, _) in Self.levels {
      let tls = try DeliveryTLS(
        level, dane: dane, tlsa: .usable([Self.record]))
      #expect(outcomes(tls) == Array(repeating: .notHere, count: 5), "\(level)")
      #expect(tls.chainCheck == .dane && tls.nameRules == nil && tls.alertsOnFailure)
    }
  }

  @Test func opportunisticWithUnusableRecordsEncryptsAndVerifiesWhereTheLevelDoes() throws {
    for (level, _) in Self.levels {
      let tls = try DeliveryTLS(level, dane: .opportunistic, tlsa: .unusable)
      if DeliveryTLS(level).requiresVerification {
        #expect(tls == DeliveryTLS(level))
        continue
      }
      #expect(outcomes(tls) == [.notHere, .notHere, .notHere, .notHere, nil], "\(level)")
      #expect(tls.alertsOnFailure == level.requiresEncryption)
    }
  }

  @Test func mandatoryWithoutUsableRecordsIsNotSent() {
    for (level, _) in Self.levels {
      for situation in [TLSASituation.none, .unusable, .failed("x")] {
        #expect(throws: DANERefusal.self) {
          try DeliveryTLS(level, dane: .mandatory, tlsa: situation)
        }
      }
    }
  }

  @Test func aFailedLookupKeepsFromTheHost() {
    for (level, _) in Self.levels {
      for (dane, alerts) in [
        (DANESupport.opportunistic, level.requiresEncryption), (.mandatory, true),
      ] {
        #expect(throws: DANERefusal(reason: "the TLSA records are bogus", alerts: alerts)) {
          try DeliveryTLS(
            level, dane: dane, tlsa: .failed("the TLSA records are bogus"))
        }
      }
    }
  }
}

import Configuration
import Control
import Foundation
import PKI
import Peers
import Resolver
import TestSupport
import Testing
@testable import Mail

/// A real Postfix receives from the appliance, which demands a certificate that verifies.
@Suite(.enabled(if: PostfixReceiver.isExpected)) struct DeliveryPostfixTests {
  @Test(arguments: [OutboundTLS.requiredVerify, .requiredVerifyHosted])
  func postfixReceivesWhereTheCertificateMustVerify(level: OutboundTLS) async throws {
    try await withDeliveries { world in
      let postfix = try await PostfixReceiver(world, host: "mx1.partner.example")
      let result = await Result(catching: {
        try await world.apply { $0.outbound.defaults.tls = level }
        try await world.send(to: "ann@partner.example", "bob@partner.example")
        let log = try await world.log(with: "DCID 1 close")
        #expect(log.contains { $0.hasPrefix("DCID 1 TLS success protocol TLSv1.2 cipher ECDHE-") })
        #expect(log.contains("Message done DCID 1 MID 1 to RID [0, 1]"))
        #expect(
          log.contains { $0.hasPrefix("MID 1 RID [0, 1] Response '2.0.0 Ok: queued as ") })
        for recipient in ["ann", "bob"] {
          try await eventually("Postfix keeps it") {
            postfix.received.contains("X-Original-To: \(recipient)@partner.example")
          }
        }
        #expect(postfix.received.contains("\n\nHello\n"))
        #expect(postfix.received.contains("from mail.example.com"))
      })
      try await postfix.stop()
      try result.get()
    }
  }

  @Test func postfixWithAForeignCertificateReceivesNothing() async throws {
    try await withDeliveries { world in
      let postfix = try await PostfixReceiver(
        world, host: "mx1.partner.example", named: "another.example")
      let result = await Result(catching: {
        try await world.apply { $0.outbound.defaults.tls = .requiredVerify }
        try await world.send(to: "ann@partner.example")
        let log = try await world.log(with: "DCID 1 close")
        #expect(log.contains("DCID 1 TLS failed: verify error: hostname mismatch"))
        #expect(
          await world.scheduler.status(of: "partner.example").lastTLSError?.text
            == "mx1.partner.example (10.0.0.1): hostname mismatch")
        #expect(postfix.received.isEmpty)
      })
      try await postfix.stop()
      try result.get()
    }
  }
}

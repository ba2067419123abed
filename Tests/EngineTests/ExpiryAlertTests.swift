import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import PKI
import TestSupport
import Testing

/// Certificates come near their end while the engine runs, and while it does not.
@Suite struct ExpiryAlertTests {
  /// What was told of the certificate "mail"; Demo ends on the same day.
  private func alerts(_ engine: Engine) async throws -> [String] {
    try #require(await engine.handle(.alerts).alerts).map(\.text)
      .filter { $0.hasPrefix("The certificate \"mail\"") }
  }

  /// How far the calendar must move for a number of days to be left.
  private func offset(_ profile: CertificateProfile, daysLeft days: Int) -> TimeInterval {
    profile.certificate.notAfter.timeIntervalSince(.testMoment) - TimeInterval(days) * 86_400
  }

  @Test func aMovedCalendarRaisesOneAlertForEachMilestone() async throws {
    let profile = try await CertificatePool.shared.profile("mail.example.com")
    try await withWorld {
      $0.certificates["mail"] = profile
    } _: { world in
      #expect(try await alerts(world.engine).isEmpty)
      for days in [31, 30, 29, 28] {
        _ = await world.engine.handle(.clock(offset: offset(profile, daysLeft: days)))
      }
      let told = try await alerts(world.engine)
      #expect(told.count == 2, "one for 90 and 60 days, and one for 30")
      #expect(told.first?.contains("will expire in 30 days.") == true)
    }
  }

  @Test func timeThatPassesByItselfIsNoticedToo() async throws {
    let profile = try await CertificatePool.shared.profile("mail.example.com")
    try await withWorld {
      $0.certificates["mail"] = profile
    } _: { world in
      world.appliance.environment.calendar.offset = offset(profile, daysLeft: 4)
      try await eventually("an alert") { try await !alerts(world.engine).isEmpty }
    }
  }

  @Test func whatWasToldIsKnownAfterARestartAndWhatCameMeanwhileIsTold() async throws {
    let profile = try await CertificatePool.shared.profile("mail.example.com")
    try await withWorld {
      $0.certificates["mail"] = profile
    } _: { world in
      _ = await world.engine.handle(.clock(offset: offset(profile, daysLeft: 30)))
      #expect(try await alerts(world.engine).count == 1)
      await world.engine.shutDown()
      let second = try await TestWorld.claim(world.appliance)
      _ = try await second.start()
      #expect(try await alerts(second).count == 1)
      await second.shutDown()
      world.appliance.environment.calendar.offset = offset(profile, daysLeft: 5)
      let third = try await TestWorld.claim(world.appliance)
      _ = try await third.start()
      #expect(try await alerts(third).first?.contains("will expire in 5 days.") == true)
      await third.shutDown()
    }
  }
}

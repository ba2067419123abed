import Configuration
import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite struct RevocationScheduleTests {
  private func configuration(_ minutes: Int, isEnabled: Bool = true) -> Configuration {
    var source = CRLSource()
    source.primary = "ca.crl"
    source.updateInterval = minutes
    source.isEnabled = isEnabled
    var configuration = Configuration()
    configuration.crlSources["ca"] = source
    return configuration
  }

  private func source(_ configuration: Configuration) throws -> CRLSource {
    try #require(configuration.crlSources["ca"])
  }

  @Test func aNewSourceIsDueAndThenEachInterval() throws {
    let configuration = configuration(60)
    var schedule = RevocationSchedule()
    let start = Date.testMoment
    #expect(schedule.due(configuration, at: start) == ["ca"])
    schedule.note(try source(configuration), named: "ca", at: start)
    #expect(schedule.due(configuration, at: start.addingTimeInterval(3599)) == [])
    #expect(schedule.due(configuration, at: start.addingTimeInterval(3600)) == ["ca"])
    // The calendar was set back.
    #expect(schedule.due(configuration, at: start.addingTimeInterval(-1)) == ["ca"])
  }

  @Test func oneThatIsUpdatedByHandIsDueOnce() throws {
    let configuration = configuration(0)
    var schedule = RevocationSchedule()
    #expect(schedule.due(configuration, at: .testMoment) == ["ca"])
    schedule.note(try source(configuration), named: "ca", at: .testMoment)
    #expect(schedule.due(configuration, at: .testMoment.addingTimeInterval(1e8)) == [])
  }

  @Test func anotherPlaceIsDueAtOnceAndAnotherScheduleIsNot() throws {
    var configuration = configuration(60)
    var schedule = RevocationSchedule()
    schedule.note(try source(configuration), named: "ca", at: .testMoment)
    configuration.crlSources["ca"]?.updateInterval = 30
    #expect(schedule.due(configuration, at: .testMoment) == [])
    configuration.crlSources["ca"]?.secondary = "other.crl"
    #expect(schedule.due(configuration, at: .testMoment) == ["ca"])
  }

  @Test func aDisabledSourceIsNeverDueAndNewWhenItIsEnabled() throws {
    let off = configuration(60, isEnabled: false)
    var schedule = RevocationSchedule()
    #expect(schedule.due(off, at: .testMoment) == [])
    schedule.note(try source(off), named: "ca", at: .testMoment)
    schedule.forgetAllBut(off)
    #expect(schedule.due(configuration(60), at: .testMoment) == ["ca"])
  }
}

import Foundation
import Testing

@testable import Mail

@Suite struct ExpiryRecordTests {
  private func term(
    _ profile: String = "mail", _ fingerprint: String = "a", days: Double = 100,
    services: [String] = ["Listener IncomingMail"]
  ) -> CertificateTerm {
    CertificateTerm(
      profile: profile, commonName: "mail.example.com", fingerprint: fingerprint,
      end: .tuesday.addingTimeInterval(days * 86_400), services: services)
  }

  private func day(_ days: Double) -> Date { .tuesday.addingTimeInterval(days * 86_400) }

  @Test func anAlertComesAtEachMilestoneAndOnNoOtherDay() {
    var record = ExpiryRecord()
    let term = term()
    let told = (0...120).filter { !record.look(at: [term], now: day(Double($0))).isEmpty }
    #expect(told.map { 100 - $0 } == [90, 60, 30, 15, 5, 4, 3, 2, 1, 0])
  }

  @Test func theTextSaysHowManyDaysAreLeft() throws {
    var record = ExpiryRecord()
    let term = term()
    var texts: [Double: String] = [:]
    for day in [0, 69.9, 70, 95.5, 99, 100] {
      texts[day] = record.look(at: [term], now: self.day(day)).first?.text
    }
    let rest = "valid until 4 Mar 2027 18:00:12 +0000. It is used by: Listener IncomingMail."
    let name = "The certificate \"mail\" (mail.example.com) "
    #expect(
      texts == [
        69.9: "\(name)will expire in 31 days. It is \(rest)",
        70: "\(name)will expire in 30 days. It is \(rest)",
        95.5: "\(name)will expire in 5 days. It is \(rest)",
        99: "\(name)will expire in 1 day. It is \(rest)",
        100: "\(name)has expired. It was \(rest)",
      ])
  }

  @Test func onlyTheEndIsCritical() {
    var record = ExpiryRecord()
    _ = record.look(at: [term()], now: day(0))
    #expect(record.look(at: [term()], now: day(99)).map(\.severity) == ["Warning"])
    #expect(record.look(at: [term()], now: day(100)).map(\.severity) == ["Critical"])
  }

  @Test func aCertificateThatIsNewIsOnlyNoted() {
    var record = ExpiryRecord()
    #expect(record.look(at: [term(days: 20)], now: day(0)).isEmpty)
    #expect(record.look(at: [term(days: 20)], now: day(4.9)).isEmpty)
    #expect(record.look(at: [term(days: 20)], now: day(5)).count == 1)
  }

  @Test func aRenewedCertificateIsAnotherOne() {
    var record = ExpiryRecord()
    _ = record.look(at: [term("mail", "a", days: 16)], now: day(0))
    #expect(record.look(at: [term("mail", "b", days: 10)], now: day(3)).isEmpty)
    #expect(record.look(at: [term("mail", "b", days: 10)], now: day(5)).count == 1)
  }

  @Test func whatNobodyUsesIsToldOfAsSuch() {
    var record = ExpiryRecord()
    let idle = term(services: [])
    _ = record.look(at: [idle], now: day(0))
    #expect(
      record.look(at: [idle], now: day(10)).first?.text.hasSuffix(" No service uses it.") == true)
  }

  @Test func eachCertificateIsToldOfByItself() {
    var record = ExpiryRecord()
    let terms = [term("one", days: 20), term("two", days: 16), term("three", days: 300)]
    _ = record.look(at: terms, now: day(0))
    let alerts = record.look(at: terms, now: day(5))
    #expect(alerts.count == 2)
    #expect(Set(alerts.map(\.key)).count == 2)
  }

  @Test func aCalendarThatIsSetBackTellsOnceMore() {
    var record = ExpiryRecord()
    _ = record.look(at: [term()], now: day(0))
    #expect(record.look(at: [term()], now: day(10)).count == 1)
    #expect(record.look(at: [term()], now: day(5)).isEmpty)
    #expect(record.look(at: [term()], now: day(10)).count == 1)
  }
}

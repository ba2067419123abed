import Configuration
import Foundation
import Logs
import TestSupport
import Testing

@testable import Mail

@Suite struct AlertCenterTests {
  let world: QueueWorld
  let queue: MessageQueue
  let log: Log
  let failure = Alert(
    category: "System", severity: "Warning",
    text: "TLS to partner.example failed.\nThe host mx1.partner.example offers no STARTTLS.",
    key: "partner.example")

  init() throws {
    let world = try QueueWorld()
    self.world = world
    queue = try world.open()
    log = try Log(
      in: world.directory.path("log"), [Log.Subscription(name: "mail")],
      heading: LogHeading(version: "14.2.0-620", serialNumber: "564D1234"),
      calendar: { world.now })
  }

  private func center(
    _ subscriptions: [AlertSettings.Subscription], from address: String? = nil
  ) -> AlertCenter {
    AlertCenter(
      queue: queue, log: log,
      heading: LogHeading(version: "14.2.0-620", serialNumber: "564D1234"),
      settings: {
        var settings = AlertSettings()
        settings.subscriptions = subscriptions
        settings.fromAddress = address
        return settings
      })
  }

  /// The texts of the log, when so many alerts are on disk.
  private func lines(after count: Int, of center: AlertCenter) async throws -> [String] {
    try await eventually("\(count) alerts") { try await center.recent().count == count }
    // What is finished before this is finished.
    try await queue.write { _ in }
    await log.flush()
    return try world.directory.text("log/mail.current").split(separator: "\n").dropFirst(4).map {
      String($0.dropFirst(25))
    }
  }

  @Test func aSubscriberGetsAMailAndTheLogTellsSo() async throws {
    let center = center([.init(address: "a@b.example", classes: ["All"], severities: ["All"])])
    center.raise(failure)
    let subject =
      "Warning <System> mail.example.com: TLS to partner.example failed."
      + " The host mx1.partner.example offers no STARTTLS."
    #expect(
      try await lines(after: 1, of: center) == [
        "Info: A System/Warning alert was sent to a@b.example with subject \"\(subject)\"."
      ])
    let message = try #require(await queue.waiting().first)
    #expect(message.isAlert)
    #expect(message.sender == "")
    #expect(message.recipients.map(\.address) == ["a@b.example"])
    let text = String(decoding: try await queue.content(of: message.id), as: UTF8.self)
    #expect(
      text
        == """
        From: "Alerts of mail.example.com" <alert@mail.example.com>
        To: <a@b.example>
        Subject: \(subject)
        Date: 24 Nov 2026 18:00:12 +0000
        Message-ID: <1.1795543212@mail.example.com>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        TLS to partner.example failed.
        The host mx1.partner.example offers no STARTTLS.

        Severity:      Warning
        Class:         System
        Appliance:     mail.example.com
        Time:          24 Nov 2026 18:00:12 +0000
        Version:       14.2.0-620
        Serial number: 564D1234

        """.replacingOccurrences(of: "\n", with: "\r\n"))
  }

  @Test func theHeaderNamesTheAddressThatWasSetAndTheEnvelopeNone() async throws {
    let center = center(
      [.init(address: "a@b.example", classes: ["All"], severities: ["All"])],
      from: "alerts@example.com")
    center.raise(failure)
    try await eventually("the alert") { try await queue.waiting().count == 1 }
    let message = try #require(await queue.waiting().first)
    #expect(message.sender == "")
    let text = String(decoding: try await queue.content(of: message.id), as: UTF8.self)
    #expect(text.hasPrefix("From: \"Alerts of mail.example.com\" <alerts@example.com>\r\n"))
  }

  @Test(
    "whoever subscribed to class and severity hears of it, once",
    arguments: [
      (["All"], ["All"], true), (["System"], ["Warning"], true),
      (["Hardware", "System"], ["Critical", "Warning"], true), (["Hardware"], ["All"], false),
      (["All"], ["Critical"], false), ([], ["All"], false), (["All"], [], false),
    ])
  func subscriptions(classes: [String], severities: [String], isTold: Bool) {
    var settings = AlertSettings()
    let subscription = AlertSettings.Subscription(
      address: "a@b.example", classes: classes, severities: severities)
    settings.subscriptions = [subscription, subscription]
    #expect(settings.subscribers(to: failure) == (isTold ? ["a@b.example"] : []))
  }

  @Test func duplicatesAreHeldBackAndCounted() async throws {
    let center = center([.init(address: "a@b.example", classes: ["All"], severities: ["All"])])
    for _ in 0..<3 { center.raise(failure) }
    world.advance(by: 300)
    center.raise(failure)
    #expect(try await lines(after: 2, of: center).count == 2)
    let second = try #require(await queue.waiting().last)
    let text = String(decoding: try await queue.content(of: second.id), as: UTF8.self)
    #expect(text.hasSuffix("\r\nHeld back since the last alert of this kind: 2\r\n"))
  }

  @Test func theLastFiftyAreKeptForWhoeverAsksThoughNobodySubscribed() async throws {
    let center = center([])
    for number in 1...60 {
      center.raise(
        Alert(category: "System", severity: "Info", text: "\(number)", key: "\(number)"))
    }
    try await eventually("the last one") { try await center.recent().first?.text == "60" }
    try await queue.close()
    let again = AlertCenter(
      queue: try world.open(), log: log, heading: LogHeading(version: "", serialNumber: ""),
      settings: { AlertSettings() })
    let recent = try await again.recent()
    #expect(recent.map(\.text) == (11...60).reversed().map(String.init))
    #expect(
      recent[0]
        == RecordedAlert(date: .tuesday, category: "System", severity: "Info", text: "60"))
  }

  @Test func alertsGoIntoAQueueThatIsFull() async throws {
    let world = try QueueWorld()
    var limits = QueueLimits()
    limits.messages = 0
    let queue = try world.open(limits: limits)
    let center = AlertCenter(
      queue: queue, log: log, heading: LogHeading(version: "", serialNumber: ""),
      settings: {
        var settings = AlertSettings()
        settings.subscriptions = [
          .init(address: "a@b.example", classes: ["All"], severities: ["All"])
        ]
        return settings
      })
    center.raise(failure)
    try await eventually("the alert") { try await queue.waiting().count == 1 }
  }

  @Test func anAlertThatCannotBeQueuedIsInTheLogAndHoldsNothingBack() async throws {
    let center = center([.init(address: "a@b.example", classes: ["All"], severities: ["All"])])
    try await queue.close()
    center.raise(failure)
    center.raise(failure)
    try await eventually("two lines") {
      await log.flush()
      return try world.directory.text("log/mail.current")
        .components(separatedBy: "Warning: The alert \"Warning <System> ").count >= 2
    }
  }

  @Test func aHostileTextStaysInItsLine() {
    let mail = AlertMessage(
      alert: Alert(
        category: "System", severity: "Warning",
        text: "a\r\nBcc: x@y.example\r\n\r\n\u{1B}c" + String(repeating: "\u{FC}", count: 3000),
        key: ""), hostName: "mail.example.com",
      fromAddress: "x@y.example>\r\nBcc: <" + String(repeating: "\u{FC}", count: 3000),
      heading: LogHeading(version: "1", serialNumber: "2"), date: .tuesday, heldBack: 0)
    #expect(mail.subject.hasPrefix("Warning <System> mail.example.com: a Bcc: x@y.example ?c???"))
    #expect(mail.subject.hasSuffix("?..."))
    #expect(mail.subject.utf8.count < 200)
    let content = mail.message(MessageID(number: 1), to: "a@b.example").content
    #expect(content.allSatisfy { $0 < 0x80 })
    #expect(content.split(separator: 0x0A).allSatisfy { $0.count <= 998 })
    let header = String(decoding: content, as: UTF8.self).components(separatedBy: "\r\n\r\n")[0]
    #expect(!header.contains("\r\nBcc:"))
  }
}

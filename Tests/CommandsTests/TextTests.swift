import Configuration
import Dialogue
import Foundation
import Testing

@testable import Commands

@Suite struct TextTests {
  @Test(
    "Dates read as by asctime, in GMT, the day padded with a blank",
    arguments: [
      (1_795_543_212.0, "Tue Nov 24 18:00:12 2026 GMT", "20261124T180012"),
      (1_775_005_200.9, "Wed Apr  1 01:00:00 2026 GMT", "20260401T010000"),
      (0, "Thu Jan  1 00:00:00 1970 GMT", "19700101T000000"),
      (-0.5, "Wed Dec 31 23:59:59 1969 GMT", "19691231T235959"),
    ])
  func dates(_ seconds: Double, _ full: String, _ compact: String) {
    let date = Date(timeIntervalSince1970: seconds)
    #expect(DateText.full(date) == full)
    #expect(DateText.compact(date) == compact)
  }

  @Test(
    "A size is read with k and M and shown in the largest that fits",
    arguments: [
      ("20M", 20 << 20, "20M"), ("1024k", 1 << 20, "1M"), ("1536K", 1536 << 10, "1536k"),
      ("1000", 1000, "1000"), ("2048m", 2 << 30, "2048M"),
    ])
  func sizes(_ text: String, _ bytes: Int, _ shown: String) throws {
    let size = try ByteCount(answer: text)
    #expect(size.bytes == bytes)
    #expect(size.shown == shown)
  }

  @Test(
    "Anything else is no size", arguments: ["0", "-1", "M", "3G", "2049M", "1.5M", "99999999999k"])
  func badSizes(_ text: String) {
    #expect(throws: InvalidAnswer.self) { _ = try ByteCount(answer: text) }
  }

  @Test(
    "A country is two letters",
    arguments: [("us", "US"), ("JP", "JP"), ("usa", nil), ("1a", nil), ("ÄÖ", nil), ("u", nil)])
  func countries(_ text: String, _ code: String?) {
    #expect((try? CountryCode(answer: text))?.text == code)
  }

  @Test("Demo is nobody's name", arguments: ["Demo", "demo", "DEMO"])
  func demo(_ text: String) {
    #expect(throws: InvalidAnswer.self) { _ = try ProfileName(answer: text) }
  }
}

@Suite struct ChangeLinesTests {
  private func lines(_ change: (inout Configuration) -> Void) -> [String] {
    var before = Configuration()
    before.system = SystemSettings()
    before.interfaces["Data 1"] = Interface(address: nil, ethernet: "Data 1", hostName: "a.b")
    var after = before
    change(&after)
    return after.changes(since: before).flatMap(\.lines)
  }

  @Test("A changed setting is shown with both values, and nothing else is")
  func setting() {
    #expect(
      lines { $0.interfaces["Data 1"]?.hostName = "c.d" } == [
        "~ interface/Data 1", "    host_name: a.b -> c.d",
      ])
  }

  @Test("A setting that comes or goes is shown as such")
  func optional() {
    #expect(
      lines { $0.interfaces["Data 1"]?.https = 443 } == [
        "~ interface/Data 1", "    https: (none) -> 443",
      ])
  }

  @Test("New and removed objects are one line each, in order")
  func objects() {
    let shown = lines {
      $0.interfaces["Data 1"] = nil
      $0.users["new"] = User(role: .guest)
    }
    #expect(shown == ["- interface/Data 1", "+ user/new"])
  }
}

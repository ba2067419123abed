import Configuration
import Dialogue
import TestSupport
import Testing

@testable import Commands

@Suite("The text form of a host access table") struct HostAccessTextTests {
  private func read(_ text: String) throws -> HostAccessTable {
    let empty = HostAccessTable(groups: [], policies: [])
    return try HostAccessParser.table(from: Array(text.utf8), inPlaceOf: empty)
  }

  @Test(
    "The factory's tables come back as they were",
    arguments: Release.all, Listener.Role.allCases)
  func factory(_ release: Release, _ role: Listener.Role) throws {
    let table = HostAccessTable.factory(release: release, role: role)
    #expect(try read(table.text) == table)
  }

  @Test("200 random tables come back as they were")
  func random() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let table = HostAccessTable.random(using: &random)
      #expect(try read(table.text) == table)
    }
  }

  @Test("Every value that a policy may set has a word")
  func words() {
    let all = PolicyParameters().asOverrides
    #expect(PolicySetting.all.count == Mirror(reflecting: all).children.count)
    #expect(PolicySetting.all.allSatisfy { $0.write(all) != nil && $0.write(.init()) == nil })
    #expect(Set(PolicySetting.all.map(\.word)).count == PolicySetting.all.count)
  }

  @Test("Default values that a text leaves out are the factory's; without any they stay")
  func defaults() throws {
    var present = HostAccessTable(groups: [], policies: [])
    present.defaults.maxMessagesPerConnection = 77
    let body = "$A\nACCEPT {}\nALL\n$A\n"
    func read(_ text: String) throws -> PolicyParameters {
      try HostAccessParser.table(from: Array(text.utf8), inPlaceOf: present).defaults
    }
    #expect(try read(body).maxMessagesPerConnection == 77)
    let some = try read(body + "\(HostAccessTable.defaultsTitle)\nmax_concurrency = 3\n")
    #expect(some.maxConnectionsPerHost == 3)
    #expect(some.maxMessagesPerConnection == PolicyParameters().maxMessagesPerConnection)
  }

  @Test("CR LF, tabs, comments and empty lines do not matter")
  func layout() throws {
    let text = "\u{20}# hello\r\n$A\r\n\tREJECT {\r\n\t}\r\n\r\nALL\r\n\t$A\t(nobody)\r\n"
    let table = try read(text)
    #expect(table.policies == [MailFlowPolicy(name: "$A", behavior: .reject)])
    #expect(table.groups == [SenderGroup(name: "ALL", policy: "$A", comment: "nobody")])
  }

  @Test("A comment is kept, whatever it says, but for control characters")
  func comments() throws {
    func read(_ comment: String) throws -> String? {
      try self.read("$A\nACCEPT {\n}\nALL\n$A (\(comment))\n").groups.first?.comment
    }
    #expect(try read("NONE") == "NONE")
    #expect(try read("é (2)") == "é (2)")
    #expect(throws: OperationFailed.self) { try read("red: \u{1B}[31m") }
    #expect(throws: OperationFailed.self) { try read("a\u{7F}") }
    #expect(try GroupComment(answer: "none").text == "")
    #expect(GroupComment("NONE").text == "NONE")
    #expect(throws: InvalidAnswer.self) { try GroupComment(answer: "\u{7}") }
  }

  @Test("No prefix of a table's text is a table, but one that lacks default values only")
  func prefixes() {
    let lines = HostAccessTable.factory(release: .release14).text.split(separator: "\n")
    let end = lines.firstIndex { $0 == "ALL" }.map { $0 + 2 } ?? 0
    for count in 0..<end {
      #expect(throws: OperationFailed.self) { try read(lines[..<count].joined(separator: "\n")) }
    }
    for count in end...lines.count {
      #expect(throws: Never.self) { try read(lines[..<count].joined(separator: "\n")) }
    }
  }
}

extension HostAccessTable {
  fileprivate static func random(using random: inout SeededGenerator) -> HostAccessTable {
    let policies = (0..<Int.random(in: 1...4, using: &random)).map { index in
      MailFlowPolicy(
        name: "$P-\(index)",
        behavior: ConnectionBehavior.allCases.randomElement(using: &random) ?? .accept,
        overrides: .random(using: &random))
    }
    let names = (0..<Int.random(in: 0...4, using: &random)).map { "G_\($0)" } + ["ALL"]
    let groups = names.map { name in
      SenderGroup(
        name: name, policy: policies.randomElement(using: &random)?.name ?? "",
        comment: Self.comments.randomElement(using: &random) ?? "",
        senders: name == "ALL"
          ? []
          : (0..<Int.random(in: 0...3, using: &random)).map { number in
            Sender("10.0.0.\(number)", comment: Self.comments.randomElement(using: &random) ?? "")
          })
    }
    return HostAccessTable(
      groups: groups, policies: policies,
      defaults: PolicyParameters().overridden(by: .random(using: &random)))
  }

  private static let comments = ["", "(", ")", "a (b) c", "$A", "x = \"y\"", "Zürich # 1", "}"]
}

extension PolicyOverrides {
  fileprivate static func random(using random: inout SeededGenerator) -> PolicyOverrides {
    func maybe<Value>(_ values: [Value]) -> Value? {
      Bool.random(using: &random) ? values.randomElement(using: &random) : nil
    }
    var own = PolicyOverrides()
    own.maxMessageSize = maybe([1, 1025, 5 << 10, 7 << 20])
    own.maxConnectionsPerHost = maybe([1, 65535])
    own.maxMessagesPerConnection = maybe([1, 65535])
    own.maxRecipientsPerMessage = maybe([1, 100_000])
    own.maxRecipientsPerHour = maybe([0, 1_000_000])
    own.bannerHostName = maybe(["", "mx.example.com"])
    own.acceptBanner = maybe(["", "a \"b\" = c", "{", "}"])
    own.rejectBanner = maybe(["", "# no", "(go)"])
    own.tls = maybe(InboundTLS.allCases)
    own.tlsAddressList = own.tls == nil ? nil : maybe([[], ["a@example.com", "@b.example"]])
    return own
  }
}

import Addresses
import Configuration
@testable import Mail
import Resolver
import Testing

@Suite struct AccessTableTests {
  private func decide(_ table: HostAccessTable, _ address: String) throws -> AccessTable.Decision {
    let sender = SenderFacts(
      try #require(IPv4Address(address)), host: nil,
      reputation: try ReputationTable("10.0.0.2 -4\n10.0.0.3 -2\n10.0.0.4 5"))
    return AccessTable(table).decide(sender)
  }

  @Test(arguments: [
    ("127.0.0.1", ConnectionBehavior.relay, "RELAYLIST", "127.0.0.1"),
    ("10.0.0.2", .reject, "BLOCKED_LIST", "sbrs[-10.0:-3.0]"),
    ("10.0.0.3", .accept, "SUSPECTLIST", "sbrs[-3.0:-1.0]"),
    ("10.0.0.4", .accept, "UNKNOWNLIST", "sbrs[-1.0:10.0]"),
    ("10.0.0.9", .accept, "UNKNOWNLIST", "sbrs[none]"),
  ])
  func factoryTable(
    address: String, behavior: ConnectionBehavior, group: String, match: String
  ) throws {
    let decision = try decide(.factory(release: .release14), address)
    #expect(decision.behavior == behavior)
    #expect(decision.group == group)
    #expect(decision.match == match)
  }

  @Test func whatNoGroupNamesFallsToALL() throws {
    var table = HostAccessTable.factory(release: .release14)
    table.groups.removeAll { $0.name == "UNKNOWNLIST" }
    let decision = try decide(table, "10.0.0.9")
    #expect(decision.group == nil)
    #expect(decision.match == "ALL")
  }

  @Test func theFirstGroupFromTheTopDecides() throws {
    var table = HostAccessTable.factory(release: .release14)
    for (name, policy) in [("SECOND", "$BLOCKED"), ("FIRST", "$TRUSTED")] {
      table.groups.insert(
        SenderGroup(name: name, policy: policy, senders: [Sender("10.0.0.")]), at: 0)
    }
    #expect(try decide(table, "10.0.0.9").group == "FIRST")
    #expect(try decide(table, "10.0.0.9").parameters.maxConnectionsPerHost == 600)
  }

  @Test func continueLeavesTheDecisionToTheNext() throws {
    var table = HostAccessTable.factory(release: .release14)
    table.policies.append(MailFlowPolicy(name: "$GOON", behavior: .continue))
    table.groups.insert(
      SenderGroup(name: "SKIPPED", policy: "$GOON", senders: [Sender("ALL")]), at: 0)
    #expect(try decide(table, "10.0.0.2").group == "BLOCKED_LIST")
  }

  @Test func changingTheDefaultChangesAllPoliciesThatInherit() throws {
    var table = HostAccessTable.factory(release: .release14)
    table.defaults.tls = .required
    for address in ["127.0.0.1", "10.0.0.3", "10.0.0.9"] {
      #expect(try decide(table, address).parameters.tls == .required)
    }
  }
}

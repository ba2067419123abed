import Configuration
import Control
import Engine
import TLS
import TestSupport
import Testing

@Suite struct ListenerTests {
  @Test func aClearConversationIsAnsweredAndLogged() async throws {
    try await withWorld { world in
      #expect(world.troubles.isEmpty)
      let client = try await world.connect(from: "0.1")
      #expect(try await client.reply() == "220 mail.example.com ESMTP\r\n")
      #expect(
        try await client.command("EHLO mx1.partner.example")
          == "250-mail.example.com\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n")
      #expect(try await client.command("QUIT") == "221 mail.example.com\r\n")
      #expect(try await client.rest().isEmpty)
      #expect(
        try await world.log(closes: 1) == [
          "New SMTP ICID 1 interface Data 1 (192.168.1.1) address 10.0.0.1"
            + " reverse dns host mx1.partner.example verified yes",
          "ICID 1 ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS rfc1918",
          "ICID 1 close",
        ])
      #expect(
        try world.directory.text("log/mail.current").contains(
          "Tue Nov 24 18:00:12 2026 Info: ICID 1 close\n"))
    }
  }

  @Test func addressesOfTheFactorysServices() async throws {
    try await withWorld { world in
      let slot = try #require(await world.engine.serviceAddresses.slot)
      let smtp = try await world.service(.smtp, "IncomingMail")
      #expect(smtp.host == "127.\(slot).1.1" && smtp.port == 10025)
      let https = try await world.service(.https, "Management")
      #expect(https.host == "127.\(slot).42.42" && https.port == 10443)
      #expect(await world.engine.serviceAddresses.stranger == "127.\(slot).0.9")
    }
  }

  @Test func theMachineItselfIsARelay() async throws {
    try await withWorld { world in
      let client = try await Client(world.service(.smtp, "IncomingMail"), from: "127.0.0.1")
      #expect(try await client.reply().hasPrefix("220 "))
      _ = try await client.command("QUIT")
      #expect(
        try await world.log(closes: 1).prefix(2) == [
          "New SMTP ICID 1 interface Data 1 (192.168.1.1) address 127.0.0.1"
            + " reverse dns host unknown verified no",
          "ICID 1 RELAY SG RELAYLIST match 127.0.0.1 SBRS None",
        ])
    }
  }

  @Test func aScoreChoosesTheGroup() async throws {
    try await withWorld(sbrs: "10.0.0.7 2.7\n10.0.0.8 -5.0\n203.0.113.0/24 -2\n") { world in
      let known = try await world.connect(from: "0.7")
      #expect(try await known.reply().hasPrefix("220 "))
      _ = try await known.command("QUIT")
      let bad = try await world.connect(from: "0.8")
      #expect(
        try await bad.reply()
          == "554 mail.example.com Connections from your host are not accepted.\r\n")
      #expect(try await bad.rest().isEmpty)
      let suspect = try await world.connect(from: "113.5")
      #expect(try await suspect.reply().hasPrefix("220 "))
      _ = try await suspect.command("QUIT")
      let log = try await world.log(closes: 3)
      #expect(log.contains("ICID 1 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS 2.7"))
      #expect(log.contains("ICID 2 REJECT SG BLOCKED_LIST match sbrs[-10.0:-3.0] SBRS -5.0"))
      #expect(log.contains("ICID 3 ACCEPT SG SUSPECTLIST match sbrs[-3.0:-1.0] SBRS -2.0"))
      #expect(log.contains { $0.contains("address 203.0.113.5 ") })
    }
  }

  @Test func aHostRefusedAtTheTCPLevelSeesNoBanner() async throws {
    try await withWorld { configuration in
      configuration.addGroup("SHUT", ["10.0.0.66"], behavior: .tcpRefuse)
    } _: { world in
      let client = try await world.connect(from: "0.66")
      #expect(try await client.rest().isEmpty)
      #expect(client.wasReset)
      let open = try await world.connect()
      #expect(try await open.reply().hasPrefix("220 "))
      try await eventually("the log line") {
        try await world.log.first == "ICID 0 TCPREFUSE SG SHUT match 10.0.0.66 SBRS rfc1918"
      }
      // It took no number.
      try await eventually("the first number") {
        try await world.log.contains { $0.hasPrefix("New SMTP ICID 1 ") }
      }
    }
  }

  @Test func aLostConnectionIsLoggedAsLostAndClosed() async throws {
    try await withWorld { world in
      let client = try await world.connect()
      _ = try await client.reply()
      try await client.finish()
      #expect(try await world.log(closes: 1).suffix(2) == ["ICID 1 lost", "ICID 1 close"])
    }
  }

  @Test func thePolicysBannerAndNameAreShown() async throws {
    try await withWorld { configuration in
      configuration.addGroup("NAMED", ["10.0.0.9"]) {
        $0.bannerHostName = "mx.example.org"
        $0.acceptBanner = "Hello there"
      }
    } _: { world in
      let client = try await world.connect()
      #expect(try await client.reply() == "220 mx.example.org Hello there\r\n")
    }
  }

  @Test func theInterfacesNameCountsAndNotTheSystems() async throws {
    try await withWorld { configuration in
      configuration.system.hostName = "system.example.com"
      configuration.interfaces["Data 1"]?.hostName = "interface.example.com"
    } _: { world in
      let client = try await world.connect()
      #expect(try await client.reply() == "220 interface.example.com ESMTP\r\n")
    }
  }
}

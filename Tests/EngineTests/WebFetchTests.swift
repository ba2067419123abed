import Configuration
import Foundation
import Mail
import NIOPosix
import Resolver
import TestSupport
import Testing

@testable import Engine

@Suite struct WebFetchTests {
  /// Fetches in the lab network of a slot of its own, where 10.0.0.7 serves the answers.
  private func fetch(
    _ url: String, _ answers: [String: String] = [:],
    _ change: (inout WebFetch.Limits) -> Void = { _ in }
  ) async throws -> (text: String, requests: [String]) {
    let slot = try LabSlot.claim()
    let configuration = try await Configuration.factory(pool: .shared)
    let zone = try Zone(masterFile: "crl.partner.example. 60 IN A 10.0.0.7\n")
    let network = MailNetwork(
      slot: slot.number, configuration: configuration, zone: zone, reputation: .empty)
    let server = try await CannedWebServer(
      at: "127.\(slot.number).0.7", port: 10_080, answers)
    var fetch = WebFetch(
      group: MultiThreadedEventLoopGroup.singleton, network: network, configuration: configuration)
    change(&fetch.limits)
    do {
      let bytes = try await fetch.fetch(WebPlace(url))
      await server.stop()
      return (String(decoding: bytes, as: UTF8.self), server.requests)
    } catch {
      await server.stop()
      throw error
    }
  }

  @Test func aPageIsFetchedByNameAndByAddress() async throws {
    let pages = ["/ca.crl?a=b": CannedWebServer.page("a list")]
    let named = try await fetch("http://crl.partner.example/ca.crl?a=b#c", pages)
    #expect(named.text == "a list")
    #expect(
      named.requests[0].hasPrefix("GET /ca.crl?a=b HTTP/1.1\r\nHost: crl.partner.example\r\n"))
    #expect(try await fetch("http://10.0.0.7/ca.crl?a=b", pages).text == "a list")
  }

  @Test func aFewRedirectionsAreFollowed() async throws {
    let answers = [
      "/1": CannedWebServer.redirection(to: "/2"),
      "/2": CannedWebServer.redirection(to: "http://crl.partner.example/3"),
      "/3": CannedWebServer.redirection(to: "/4"), "/4": CannedWebServer.page("found"),
    ]
    #expect(try await fetch("http://10.0.0.7/1", answers).text == "found")
    await #expect(throws: EngineError("more than 3 redirections")) {
      try await fetch(
        "http://10.0.0.7/0", answers.merging(["/0": CannedWebServer.redirection(to: "/1")]) { $1 })
    }
  }

  @Test(arguments: [
    ("", "the server closed the connection"),
    ("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", "the server answers 500"),
    ("220 mail.example.com ESMTP\r\n", "the server does not speak HTTP"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "the server does not speak HTTP"),
    (
      CannedWebServer.redirection(to: "https://crl.partner.example/"),
      "the server redirects to a place that is not looked at"
    ),
    (CannedWebServer.page(String(repeating: "x", count: 1025)), "larger than 0 MB"),
  ])
  func whatIsNoPageIsRefused(answer: String, sentence: String) async throws {
    await #expect(throws: EngineError(sentence)) {
      try await fetch("http://10.0.0.7/", ["/": answer]) { $0.size = 1024 }
    }
  }

  @Test func afterACancellationNobodyIsAsked() async throws {
    let task = Task {
      _ = try await fetch("http://10.0.0.7/", ["/": CannedWebServer.page("a list")]) { _ in
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }
    await #expect(throws: EngineError("operation canceled")) { try await task.value }
  }

  @Test func nobodyIsWaitedForForEver() async throws {
    // A head that never ends.
    await #expect(throws: EngineError("the server takes too long")) {
      try await fetch("http://10.0.0.7/slow", ["/slow": "HTTP/1.1 200 OK\r\n"]) {
        $0.answerTime = .zero
      }
    }
    await #expect(throws: EngineError("connection refused")) {
      try await fetch("http://10.0.0.8/")
    }
    await #expect(throws: EngineError("other.example has no IPv4 address")) {
      try await fetch("http://other.example/")
    }
  }
}

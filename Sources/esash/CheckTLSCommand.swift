public import ArgumentParser
import ConfigurationStore
import Control
import Engine
import Foundation
import Mail
import Peers
import Reports

/// `esash checktls`: what a sender of the outside world finds at a domain's mail servers.
struct CheckTLSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checktls",
    abstract: "Report how the mail servers of a domain take mail over TLS.",
    discussion: """
      All addresses of the domain's MX hosts are visited as a stranger, in the world of the \
      appliance: its zone says where the domain leads. A recipient is told, and no message is \
      sent. Certificates are judged by the machine's list of authorities, the appliance's own \
      list where that is enabled, and the lab's root; they must bear the MX host's name.

      The confidence factor is the mean of the servers' scores. A server's score is the sum of \
      its good steps: Answer 10, Connect 10, HELO 10, TLS 30 (STARTTLS is listed and answered \
      with 220), Cert 10 (chain and name verify), Secure 20 (EHLO is answered under TLS), From 10 \
      (the sender is taken). So all good makes 100, and only the certificate bad makes 90. In the \
      old columns: Connect 10, Allowed 10, Can Use 10, TLS Adv 30, Cert OK 10, TLS Neg 20, Sndr OK \
      5, Rcvr OK 5.

      Status: 0 the confidence factor is 100, 1 it is less, 2 nothing could be checked.
      """)

  @OptionGroup var place: ApplianceOption
  @Option(name: .long, help: "The columns of the table.") var columns = CheckColumns.new
  @Flag(name: .long, help: "JSON in place of text.") var json = false
  @Option(name: .long, help: "Write one self-contained page to this file.") var html: String?
  @Argument(help: "The domain, as it stands behind the @ of an address.") var domain: String

  func validate() throws {
    if json, html != nil { throw ValidationError("Give --json or --html, not both.") }
  }

  func run() async throws {
    let report = try await orCouldNotRun { try await makeReport() }
    if let html {
      try CommandFiles.write(Array(report.html.utf8), to: html)
    } else {
      print(json ? try report.json() : report.text(.standardOutput), terminator: "")
    }
    if report.confidence < 100 { throw ExitCode(1) }
  }

  private func makeReport() async throws -> CheckReport {
    let appliance = try await place.openExisting()
    let client = EngineClient(directory: appliance.directory)
    let network = try await PeerNetwork(
      of: appliance, servedAt: await client.ask(.status)?.addresses)
    let calendar = appliance.environment.calendar
    let lists = TrustLists(
      around: appliance, try await appliance.store.committed().configuration)
    let check = DomainCheck(
      by: DomainCheck.Visitor(
        source: network.stranger, hostName: "checktls.example", authorities: lists.authorities),
      names: try await ApplianceNames(of: appliance, engine: client).service(),
      dialer: network.lab.dialer
    ) { calendar.now }
    return CheckReport(
      domain: domain, date: calendar.now, servers: try await check.servers(of: domain),
      columns: columns)
  }
}

extension CheckColumns: ExpressibleByArgument {}

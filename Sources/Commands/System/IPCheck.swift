import Configuration
import ConfigurationStore
import Dialogue
import Foundation

/// `ipcheck`: what support asks first: release, machine, interfaces, gateway, name servers.
///
/// It tells what is committed, and of the machine what is true of the one that esash runs on.
struct IPCheck {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let store = context.session.store
    let configuration = try await store.committed().configuration
    let founded = try await store.record(of: 1)?.date
    var facts = [
      ("Date", DateText.full(context.now)),
      ("Model", "C100V"),
      ("Version", context.release.versionAndBuild),
      ("Install Date", founded.map(DateText.full) ?? "Unknown"),
      ("Serial No", context.appliance.serialNumber),
    ]
    facts += machine
    facts.append(("Hostname", configuration.system.hostName))
    for (name, interface) in configuration.interfaces.all {
      facts.append(("Interface \(name)", interface.facts))
    }
    facts.append(("Gateway", "\(configuration.network.gateway)"))
    let servers = configuration.dns.servers
    facts.append(
      ("Name Servers", servers.isEmpty ? "Root servers" : servers.joined(separator: ", ")))
    let width = (facts.map(\.0.count).max() ?? 0) + 2
    let lines = facts.map { $0.0.padded(to: width) + $0.1 }
    try await context.conversation.page("\n" + lines.joined(separator: "\n"))
  }

  /// Processors, memory, and the disk that holds the appliance.
  private var machine: [(String, String)] {
    let process = ProcessInfo.processInfo
    var disk = statvfs()
    guard statvfs(context.appliance.directory, &disk) == 0 else { return [] }
    let unit = UInt64(disk.f_frsize)
    let total = UInt64(disk.f_blocks) * unit
    let free = UInt64(disk.f_bavail) * unit
    return [
      ("Disk Total", "\(total >> 30)GB"),
      ("Disk Free", "\(free >> 30)GB (\(total == 0 ? 0 : free * 100 / total)%)"),
      ("RAM Total", "\(process.physicalMemory >> 20)M"),
      ("CPU", "\(process.processorCount)"),
    ]
  }
}

extension Interface {
  /// `192.168.42.42/24 on Management, mail.example.com, SSH 22, HTTPS 443`.
  fileprivate var facts: String {
    var parts = ["\(network) on \(ethernet)"]
    if address != nil, let ipv6 { parts.append(ipv6) }
    parts.append(hostName)
    for (service, port) in [("SSH", ssh), ("HTTP", http), ("HTTPS", https)] {
      if let port { parts.append("\(service) \(port)") }
    }
    return parts.joined(separator: ", ")
  }
}

import Addresses
import Configuration
import Control
import Dialogue

/// `nslookup`: one question to the DNS.
struct NSLookup {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    switch context.arguments.count {
    case 0:
      let name = try await c.ask("Enter the host or IP to resolve.")
      let kinds = self.kinds
      let kind = try await c.choose(
        "Choose the query type:", from: kinds.map { Choice($0.rawValue, $0) },
        default: IPv4Address(name) == nil ? 1 : (kinds.firstIndex(of: .ptr) ?? 0) + 1)
      try await lookUp(name, kind)
    case 1:
      let name = context.arguments[0]
      try await lookUp(name, IPv4Address(name) == nil ? .a : .ptr)
    case 2:
      let word = context.arguments[1].uppercased()
      guard let kind = kinds.first(where: { $0.rawValue == word }) else { throw InvalidArguments() }
      try await lookUp(context.arguments[0], kind)
    default: throw InvalidArguments()
    }
  }

  /// TLSA records matter to DANE only.
  private var kinds: [NameRecord.Kind] {
    NameRecord.Kind.allCases.filter { $0 != .tlsa || context.release.hasDANE }
  }

  private func lookUp(_ name: String, _ kind: NameRecord.Kind) async throws {
    let names = context.outside.names
    let answer = try await c.interruptible { try await names.lookUp(name, kind) }
    guard !answer.isBogus else {
      throw OperationFailed(
        "The answer is bogus: DNSSEC shows that it is not what its owner signed.")
    }
    guard answer.nameExists else {
      let what = IPv4Address(name) == nil ? "name \"\(name)\"" : "name for \(name)"
      throw OperationFailed("There is no \(what) (NXDOMAIN).")
    }
    guard !answer.records.isEmpty else {
      throw OperationFailed("There is no \(kind.rawValue) record for \"\(name)\".")
    }
    let lines = answer.records.map { record in
      "\(kind.rawValue)=\(record.data) TTL=\(DurationText.lifetime(record.ttl))"
    }
    try await c.page("\n" + lines.joined(separator: "\n"))
  }
}

import Configuration
import Control
import Dialogue
import PKI

/// A query with what it is asked about.
struct LDAPQuestion: Sendable {
  let query: LDAPServer.Query
  let kind: LDAPQueryKind
  let address: String
  let group: String?

  /// What stands for the tokens of a query.
  var tokens: [String: String] {
    let parts = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    var tokens = ["{a}": address, "{u}": String(parts[0])]
    tokens["{d}"] = parts.count == 2 ? String(parts[1]) : ""
    tokens["{g}"] = group
    return tokens
  }
}

extension CommandContext {
  /// Asks what a query is to be asked about.
  func askArguments(of query: LDAPServer.Query, _ kind: LDAPQueryKind) async throws -> LDAPQuestion
  {
    let address = try await conversation.ask("Address to use in query:")
    let group = kind == .group ? try await conversation.ask("Group name to use in query:") : nil
    return LDAPQuestion(query: query, kind: kind, address: address, group: group)
  }

  /// Tries each host of a server, and the query if there is one; a host that fails is told, and
  /// makes the command a failed one.
  func test(_ server: LDAPServer, _ question: LDAPQuestion?) async throws {
    // The server is told the stored password, whatever host a draft names.
    try await requireOperator("to test directory servers")
    let trial = LDAPTrial(
      c: conversation, directories: outside.directories, server: server, question: question)
    if try await !conversation.interruptible({ try await trial.run() }) { hasFailed = true }
  }
}

/// The test of a directory server, each line as it happens.
private struct LDAPTrial: Sendable {
  let c: Conversation
  let directories: any DirectoryProbing
  let server: LDAPServer
  let question: LDAPQuestion?

  /// - Returns: whether every host is as it should be.
  func run() async throws -> Bool {
    if let question {
      await c.say("\nLDAP query test results:\nQuery: \(question.query.name)")
      await c.say(
        "Argument: \([question.address, question.group].compactMap(\.self).joined(separator: ", "))"
      )
    } else {
      await c.say("\nLDAP server test results:\nServer: \(server.name)")
    }
    var isGood = true
    for host in server.hosts {
      do {
        try await test(host)
      } catch let failure as DirectoryFailure {
        try Task.checkCancellation()
        await c.say("Error: \(failure.sentence)")
        isGood = false
      }
    }
    await c.say("\nLDAP \(question == nil ? "server" : "query") test finished.")
    return isGood
  }

  private func test(_ host: String) async throws {
    await c.say("\nConnecting to \(host) on port \(server.port).")
    let connection = try await directories.connect(to: ProbedPlace(host: host, port: server.port))
    await c.say("Connected to \(connection.address) from interface \(connection.source).")
    do {
      try await secure(connection)
      try await bind(connection)
      try await ask(connection)
      await connection.close()
    } catch {
      await connection.close()
      throw error
    }
  }

  private func secure(_ connection: any DirectoryConnection) async throws {
    let tls: DirectoryTLS
    switch server.security {
    case .none: return
    case .ldaps: tls = try await connection.startTLS(.atOnce)
    case .startTLS: tls = try await connection.startTLS(.onRequest)
    }
    await c.say("TLS connection established: protocol \(tls.protocolName), cipher \(tls.cipher).")
    await c.say(
      tls.verifiedName.map { "Server certificate verified: \($0)." }
        ?? "Server certificate not validated.")
    await c.say(
      tls.presentedCertificate.map { "Client certificate \"\($0)\" presented." }
        ?? "No client certificate requested by the server.")
  }

  private func bind(_ connection: any DirectoryConnection) async throws {
    let credentials = server.credentials
    try await connection.bind(
      as: credentials?.name ?? "", password: credentials?.password.bytes ?? [])
    await c.say(
      credentials.map { "Bound successfully with DN \($0.name)." } ?? "Bound anonymously.")
  }

  private func ask(_ connection: any DirectoryConnection) async throws {
    guard let question else { return await c.say("Result: succeeded") }
    let count = try await connection.count(
      question.query.filter, question.tokens, under: server.searchBase)
    let noun = count == 1 ? "record" : "records"
    await c.say("Query \(question.query.filter) found \(count) \(noun) under \(server.base).")
    switch (question.kind, count > 0) {
    case (.accept, true): await c.say("Action: pass")
    case (.accept, false):
      await c.say("Action: drop or bounce (depending on listener settings)")
      await c.say("Reason: no matching LDAP record was found")
    case (.group, let isMember):
      await c.say("Action: match \(isMember ? "positive" : "negative")")
    }
  }
}

extension LDAPServer {
  /// Where searches begin; NONE stands for the directory's root.
  fileprivate var searchBase: String { base.uppercased() == "NONE" ? "" : base }
}

extension DirectoryFailure {
  /// The failure as it stands behind `Error: `.
  fileprivate var sentence: String {
    switch self {
    case .unreachable(let reason): "Server unreachable: \(reason)"
    case .tls(let reason): "TLS failed: \(reason)"
    case .bind(let reason): "LDAP authentication failed: \(reason)"
    case .query(let reason): "LDAP query failed: \(reason)"
    case .lost(let reason): "Connection lost: \(reason)"
    }
  }
}

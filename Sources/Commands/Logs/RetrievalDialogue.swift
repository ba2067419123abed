import Configuration
import Dialogue

/// How a log's files get to where they are read, as `logconfig` asks for it.
struct RetrievalDialogue {
  let c: Conversation

  init(conversation: Conversation) { c = conversation }

  func ask(present: LogRetrieval) async throws -> LogRetrieval {
    var retrieval = present
    let methods = LogRetrieval.Method.allCases
    retrieval.method = try await c.choose(
      "Choose the method to retrieve the logs.", from: methods.map { Choice($0.question, $0) },
      default: (methods.firstIndex(of: present.method) ?? 0) + 1)
    guard retrieval.method != .manual else { return LogRetrieval() }
    retrieval.host = try await c.ask(
      "Hostname to deliver the logs:", as: RemoteHost.self,
      default: try? RemoteHost(present.host)
    ).text
    if retrieval.method == .scp {
      try await askSCP(&retrieval)
    } else {
      try await askSyslog(&retrieval)
    }
    return retrieval
  }

  private func askSCP(_ retrieval: inout LogRetrieval) async throws {
    func known(_ text: String) -> ShortText? { text.isEmpty ? nil : ShortText(text) }
    retrieval.port = try await c.ask(
      "Port to connect to on the remote host:", in: 1...65535, default: retrieval.port)
    retrieval.user = try await c.ask(
      "Username on the remote host:", as: ShortText.self, default: known(retrieval.user)
    ).text
    retrieval.directory = try await c.ask(
      "Directory on remote host to place logs:", as: ShortText.self,
      default: known(retrieval.directory)
    ).text
  }

  private func askSyslog(_ retrieval: inout LogRetrieval) async throws {
    let facilities = ["auth", "authpriv", "daemon", "mail", "user"] + (0...7).map { "local\($0)" }
    retrieval.facility = try await c.choose(
      "Which facility do you want the log data to be sent as?",
      from: facilities.map { Choice($0, $0) },
      default: (facilities.firstIndex(of: retrieval.facility) ?? 3) + 1)
  }
}

extension LogRetrieval.Method {
  fileprivate var question: String {
    switch self {
    case .manual: "Download Manually: HTTP/SCP"
    case .scp: "SCP Push"
    case .syslog: "Syslog Push"
    }
  }
}

import Addresses
import Configuration
import Glibc
import Mail
import NIOCore
import NIOHTTP1
import Transport

/// Fetches a page by HTTP: of bounded size and in bounded time, over a few redirections.
struct WebFetch: Sendable {
  let group: any EventLoopGroup
  let network: MailNetwork
  let configuration: Configuration
  /// How much is borne.
  var limits = Limits()

  struct Limits: Sendable {
    /// The largest page, in bytes.
    var size = 16 << 20
    /// Redirections that are followed.
    var redirections = 3
    /// For a connection to be made.
    var connectTime = Duration.seconds(10)
    /// For the whole of one answer.
    var answerTime = Duration.seconds(20)
  }

  /// Fetches a page.
  ///
  /// - Throws: `EngineError` that says in a few words why there is none.
  func fetch(_ page: WebPlace) async throws -> [UInt8] {
    var page = page
    for _ in 0...limits.redirections {
      let answer = try await ask(for: page)
      switch answer.status.code {
      case 200: return answer.body
      case 301, 302, 303, 307, 308:
        guard let next = answer.location.flatMap({ page.redirected(to: $0) }) else {
          throw EngineError("the server redirects to a place that is not looked at")
        }
        page = next
      default: throw EngineError("the server answers \(answer.status.code)")
      }
    }
    throw EngineError("more than \(limits.redirections) redirections")
  }

  private func ask(for page: WebPlace) async throws -> WebAnswer {
    let answer = group.any().makePromise(of: WebAnswer.self)
    let channels = OpenChannels()
    return try await withTaskCancellationHandler {
      do throws(Dialer.Failure) {
        // Towards a name, whose addresses are not known yet, the system chooses.
        let source = IPv4Address(page.host).flatMap {
          configuration.sourceAddress(towards: $0, from: nil)
        }
        _ = try await Dialer(group: group, map: network.map).connect(
          toHost: page.host, names: network.names, port: page.port, from: source,
          within: limits.connectTime
        ) { [limits] channel in
          channels.insert(channel)
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHTTPClientHandlers()
          try pipeline.addHandler(WebFetchHandler(page: page, limits: limits, answer: answer))
        }
      } catch {
        answer.fail(EngineError(error))
      }
      return try await answer.futureResult.get()
    } onCancel: {
      channels.close()
    }
  }
}

extension EngineError {
  /// Why there is no connection.
  fileprivate init(_ failure: Dialer.Failure) {
    switch failure {
    case .system(let code): self.init(String(cString: strerror(code)).lowercased())
    case .noAddress(let host): self.init("\(host) has no IPv4 address")
    case .lookup(let failure): self.init("\(failure)")
    }
  }
}

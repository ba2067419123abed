import Dispatch
import Synchronization

/// Real DNS with DNSSEC validation and a cache, by libunbound.
public final class Unbound: NameService {
  private struct State {
    var settings: NameServerSettings
    /// Nil until the first question, and after a change.
    var context: UnboundContext?
  }

  private let state: Mutex<State>
  private let limit: DispatchTimeInterval

  /// Makes a resolver; nothing is opened before the first question.
  ///
  /// - Parameters:
  ///   - settings: which servers are asked.
  ///   - seconds: the most time a question may take; trying all servers of a domain takes a while.
  public init(_ settings: NameServerSettings = NameServerSettings(), seconds: Int = 30) {
    state = Mutex(State(settings: settings))
    limit = .seconds(seconds)
  }

  /// Asks the name servers.
  ///
  /// - Throws: `LookupFailure` when they do not answer in time, fail, or send what cannot be read,
  ///   and when the task is cancelled.
  public func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure)
    -> DNSAnswer
  {
    // A zero byte would end the name for the library; a name that has it cannot exist.
    guard !name.description.utf8.contains(0) else {
      return DNSAnswer(records: [], nameExists: false)
    }
    let result = try await context().ask(name.description, type, limit: limit)
    return try result.answer(name, type)
  }

  /// Asks other servers from now on; questions under way are still answered by the old ones.
  ///
  /// The library's settings are fixed with its first question, so a change costs the cache.
  public func apply(_ settings: NameServerSettings) {
    state.withLock { state in
      guard settings != state.settings else { return }
      state = State(settings: settings)
    }
  }

  /// Forgets all answers.
  public func flush() async { state.withLock { $0.context = nil } }

  private func context() throws(LookupFailure) -> UnboundContext {
    try state.withLock { state throws(LookupFailure) in
      if let context = state.context { return context }
      let context = try UnboundContext(state.settings)
      state.context = context
      return context
    }
  }
}

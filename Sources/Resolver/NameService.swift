/// Whoever answers questions to the DNS: the lab's zone, or real name servers.
///
/// Bogus data is an answer (`DNSAnswer.security`), so that callers can tell it from a silent server.
public protocol NameService: Sendable {
  /// Asks for the records of a name, following aliases unless they are asked for.
  ///
  /// - Throws: `LookupFailure` when nobody answers; "no such name" is an answer.
  func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure) -> DNSAnswer

  /// Forgets all answers that were kept (`dnsflush`).
  func flush() async
}

extension NameService {
  /// Does nothing: no answer is kept.
  public func flush() async {}

  /// Asks as `answer` does, and takes bogus data for no answer (RFC 4035, section 5.5).
  ///
  /// - Throws: `LookupFailure` when nobody answers, or not what the owner signed.
  public func believedAnswer(
    _ name: DomainName, _ type: RecordType
  ) async throws(LookupFailure) -> DNSAnswer {
    let answer = try await answer(name, type)
    guard answer.security != .bogus else {
      throw LookupFailure("The answer is not what its owner signed (bogus).")
    }
    return answer
  }
}

/// Why a question got no answer; trying later may help.
public struct LookupFailure: Error, Hashable, CustomStringConvertible {
  /// One clear sentence.
  public let description: String

  /// Makes a failure from its sentence.
  public init(_ sentence: String) { description = sentence }
}

extension Zone: NameService {
  /// Answers at once and never fails.
  public func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure)
    -> DNSAnswer
  { lookUp(name, type) }
}

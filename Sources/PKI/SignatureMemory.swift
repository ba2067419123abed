import Synchronization

/// What is known of who signed whom: each list of certificates asks again, and OpenSSL takes a
/// third of a millisecond to tell.
///
/// A signature holds for ever, so nothing here grows old; what was asked long ago may be forgotten.
final class SignatureMemory: Sendable {
  static let shared = SignatureMemory(limit: 4_096)

  /// A question: whether the key of one verifies the signature of the other.
  struct Pair: Hashable {
    let certificate: Certificate
    let issuer: Certificate
  }

  private let limit: Int
  private let known = Mutex<[Pair: Bool]>([:])

  /// - Parameter limit: the most answers that are kept.
  init(limit: Int) { self.limit = limit }

  /// The answer, found out once.
  func answer(_ pair: Pair, findingOut: () -> Bool) -> Bool {
    if let answer = known.withLock({ $0[pair] }) { return answer }
    // Not under the lock: two who ask at once both find out, and agree.
    let answer = findingOut()
    known.withLock { known in
      if known.count >= limit { known = [:] }
      known[pair] = answer
    }
    return answer
  }

  /// How many answers are kept.
  var count: Int { known.withLock { $0.count } }
}

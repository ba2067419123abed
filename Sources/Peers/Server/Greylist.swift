import Synchronization

/// What a greylisting peer has seen, over all its connections.
public final class Greylist: Sendable {
  private let seen = Mutex<Set<[String]>>([])

  /// Makes an empty list.
  public init() {}

  /// Whether client, sender and recipient came together before; from now on they have.
  func knows(_ triplet: [String]) -> Bool { seen.withLock { !$0.insert(triplet).inserted } }
}

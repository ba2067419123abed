/// Why a peer, a sender or the lab's authority cannot do something, as a sentence.
public struct PeerError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Makes an error from its sentence.
  public init(_ sentence: String) { description = sentence }
}

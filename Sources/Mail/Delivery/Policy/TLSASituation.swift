import TLS

/// What the DNS says of the certificates that a host must show (RFC 7672 §2).
enum TLSASituation: Hashable, Sendable {
  /// No records, or none that can be trusted; also when a record on the way to the host is insecure.
  case none
  /// Secure records, of which these are usable.
  case usable([DANEParameters.Record])
  /// Secure records, none of them usable.
  case unusable
  /// The answer is bogus, or there is none; the text says so in a clause.
  case failed(String)
}

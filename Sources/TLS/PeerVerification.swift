/// What becomes of the other side's certificate in the handshake.
public enum PeerVerification: Sendable {
  /// A server does not ask for one; a client takes what comes and does not look at it.
  case none
  /// A server asks for one; one that comes must verify.
  case ifPresented
  /// It must come and verify, or the handshake ends with the proper alert.
  case required
  /// It is verified and the handshake goes on whatever the result.
  case reported
}

import TestSupport

extension OutsideProgram {
  /// What `openssl s_client` says of a peer.
  static func openssl(_ peer: String, _ arguments: [String] = []) async throws -> String {
    try await run(
      ["openssl", "s_client", "-starttls", "smtp", "-connect", peer, "-nameopt", "RFC2253"]
        + arguments, input: "QUIT\r\n"
    ).output
  }
}

import TestSupport

/// The openssl command as an outside client.
enum OpenSSLCommand {
  /// Runs `openssl s_client` with an input, which it gets at once.
  static func client(
    _ arguments: [String], input: String = "QUIT\r\n"
  ) async throws -> OutsideProgram.Result {
    try await OutsideProgram.run(["openssl", "s_client"] + arguments, input: input)
  }
}

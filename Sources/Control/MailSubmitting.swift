/// Takes messages that the appliance itself sends.
public protocol MailSubmitting: Sendable {
  /// Puts a message on its way; it is on disk on return.
  ///
  /// - Parameters:
  ///   - sender: the envelope sender, without brackets.
  ///   - recipients: the envelope recipients, at least one.
  ///   - text: headers and body, lines ended by LF.
  /// - Returns: whether it is delivered now; otherwise it waits until somebody serves the
  ///   appliance.
  /// - Throws: an error with a sentence when it cannot be kept.
  func submit(from sender: String, to recipients: [String], text: String) async throws -> Bool
}

extension Configuration {
  /// Two logs in one file would tear each other's limits; a name with a path would leave the
  /// folder.
  func verifyLogs() throws(ConfigurationError) {
    var names: Set<String> = []
    var files: Set<String> = []
    for log in self.log.subscriptions {
      for text in [log.name, log.file] { _ = try LogName(text) }
      guard names.insert(log.name).inserted else {
        throw ConfigurationError("There are two logs \"\(log.name)\".")
      }
      guard files.insert(log.file).inserted else {
        throw ConfigurationError("The file name \"\(log.file)\" belongs to two logs.")
      }
      guard LogSubscription.sizes.contains(log.rolloverSize),
        LogSubscription.fileCounts.contains(log.maximumFiles)
      else { throw ConfigurationError("The limits of the log \"\(log.name)\" are impossible.") }
    }
  }
}

/// The name of a log or of its files: letters, digits, `_` and `-`.
public struct LogName: Hashable, Sendable {
  /// The name.
  public let text: String

  /// Reads a name of 1 to 32 characters.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a name is.
  public init(_ text: String) throws(ConfigurationError) {
    let isPossible = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    guard (1...32).contains(text.utf8.count), isPossible else {
      throw ConfigurationError("The name of a log has 1 to 32 letters, digits, _ or - only.")
    }
    self.text = text
  }
}

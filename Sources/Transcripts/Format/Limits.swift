/// How large a transcript may be; what is larger is no session that a person could read.
enum Limits {
  /// Bytes in a file.
  static let file = 4 << 20
  /// Lines in a file.
  static let lines = 100_000
  /// Bytes in a line.
  static let line = 64 << 10
  /// Bytes in the YAML header.
  static let header = 8 << 10
  /// Wildcards, captures and expressions in a line; each may cost a factor when it is matched.
  static let wildcards = 16
  /// Bytes that a session may show between two prompts; the rest is dropped.
  static let output = 64 << 20
  /// Bytes of a file that is pasted or uploaded.
  static let attachment = 64 << 20
  /// How many transcripts may start from each other's end state.
  static let chain = 8
}

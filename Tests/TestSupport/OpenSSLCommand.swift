extension TemporaryDirectory {
  /// Runs `openssl` in the folder, its arguments divided by blanks; `{}` stands for `argument`.
  ///
  /// - Returns: what it wrote to both its outputs.
  /// - Throws: `OpenSSLFailure` when it ends with another status than `status`; nil allows any.
  @discardableResult
  public func openssl(_ lines: String..., with argument: String = "", status: Int32? = 0) throws
    -> String
  {
    let line = lines.joined(separator: " ")
    let words = line.split(separator: " ").map { $0 == "{}" ? argument : "\($0)" }
    let result = try OutsideProgram.runHere(["openssl"] + words, in: path)
    guard status == nil || result.status == status else {
      throw OpenSSLFailure(description: "openssl \(line): \(result.output)")
    }
    return result.output
  }
}

/// The `openssl` command did not end, or begin, as it should.
public struct OpenSSLFailure: Error, CustomStringConvertible {
  /// What was called and what it said.
  public let description: String
}

import Foundation

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
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["openssl"] + line.split(separator: " ").map { $0 == "{}" ? argument : "\($0)" }
    process.currentDirectoryURL = URL(filePath: path)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard status == nil || process.terminationStatus == status else {
      throw OpenSSLFailure(description: "openssl \(line): \(output)")
    }
    return output
  }
}

/// The `openssl` command did not end, or begin, as it should.
public struct OpenSSLFailure: Error, CustomStringConvertible {
  /// What was called and what it said.
  public let description: String
}

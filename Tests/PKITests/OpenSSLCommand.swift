import Foundation
import TestSupport
import Testing

/// A temporary folder in which the `openssl` command makes and reads files.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "pki-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { remove() }

  func remove() { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: url.appending(path: name)))
  }

  func text(_ name: String) throws -> String { try String(decoding: bytes(name), as: UTF8.self) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: url.appending(path: name))
  }

  /// Runs `openssl` in the folder, its arguments divided by blanks; `{}` stands for the extra ones.
  @discardableResult
  func openssl(
    _ line: String, _ extra: String..., sourceLocation: SourceLocation = #_sourceLocation
  )
    throws -> String
  {
    let result = try attempt(line, extra)
    try #require(
      result.status == 0, "openssl \(line): \(result.output)", sourceLocation: sourceLocation)
    return result.output
  }

  /// As `openssl`, but gives the status too instead of requiring success.
  func attempt(_ line: String, _ extra: [String] = []) throws -> (status: Int32, output: String) {
    var rest = extra[...]
    let arguments = line.split(separator: " ").map { word in
      word == "{}" ? rest.popFirst() ?? "" : String(word)
    }
    let result = try OutsideProgram.runHere(["openssl"] + arguments, in: url.path)
    return (result.status, result.output)
  }
}

public import Foundation

/// A directory of its own for one test; it goes when the last reference does.
public final class TemporaryDirectory: Sendable {
  /// The absolute path.
  public let path: String

  /// Makes an empty directory with mode 0700.
  public init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "esash-\(UUID())").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of a name in it.
  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// The bytes of a file in it.
  public func read(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: path(name))))
  }

  /// The text of a file in it, as UTF-8.
  public func text(_ name: String) throws -> String {
    String(decoding: try read(name), as: UTF8.self)
  }

  /// Writes a file in it.
  public func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: path(name)))
  }

  /// The permission bits of a file or folder in it; nil when it is missing.
  public func mode(_ name: String = "") -> mode_t? {
    var status = stat()
    return lstat(path(name), &status) == 0 ? status.st_mode & 0o7777 : nil
  }
}

import Foundation

/// The path of the built `esash`: `$ESASH_BINARY`, or beside the running test bundle.
///
/// - Throws: `NoBinary` when there is none.
public var esashBinary: String {
  get throws {
    if let path = ProcessInfo.processInfo.environment["ESASH_BINARY"] {
      guard access(path, X_OK) == 0 else { throw NoBinary(path: path) }
      return path
    }
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = URL(filePath: bundle).deletingLastPathComponent().appending(path: "esash").path
    guard access(path, X_OK) == 0 else { throw NoBinary(path: path) }
    return path
  }
}

/// The program is not built.
public struct NoBinary: Error, CustomStringConvertible {
  /// Where it was looked for.
  public let path: String
  /// One sentence.
  public var description: String { "There is no esash at \(path); build it or set ESASH_BINARY." }
}

/// The path of a program on `PATH`, or nil.
public func findProgram(_ name: String) -> String? {
  let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
}

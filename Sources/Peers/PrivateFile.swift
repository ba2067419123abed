import Foundation

/// Files that are their owner's alone, written whole or not at all.
enum PrivateFile {
  /// Writes a file with mode 0600, in place of one that may be there.
  ///
  /// - Throws: `PeerError` when it cannot be written.
  static func write(_ text: String, to path: String) throws(PeerError) {
    let temporary = try make(Array(text.utf8), beside: path)
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw unwritable(path, code)
    }
  }

  /// Writes a new file with mode 0600.
  ///
  /// - Returns: false when there is one of that name.
  /// - Throws: `PeerError` when it cannot be written.
  static func create(_ bytes: [UInt8], at path: String) throws(PeerError) -> Bool {
    let temporary = try make(bytes, beside: path)
    defer { unlink(temporary) }
    if link(temporary, path) == 0 { return true }
    guard errno == EEXIST else { throw unwritable(path, errno) }
    return false
  }

  /// Makes a folder with mode 0700 and those above it; one that is there is kept.
  ///
  /// - Throws: `PeerError` when it cannot be made.
  static func makeFolder(_ path: String) throws(PeerError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw PeerError("The folder \(path) cannot be made.")
    }
  }

  /// Reads a file; nil when there is none.
  static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes a file of a passing name that begins with a dot.
  private static func make(_ bytes: [UInt8], beside path: String) throws(PeerError) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    let temporary = "\(folder)/.\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(bytes))
    } catch {
      unlink(temporary)
      throw unwritable(path, ENOSPC)
    }
    return temporary
  }

  private static func unwritable(_ path: String, _ code: Int32) -> PeerError {
    PeerError("The file \(path) cannot be written: \(String(cString: strerror(code))).")
  }
}

import Glibc

/// Files and folders that are their owner's alone.
///
/// A file appears whole or not at all: it is written under a passing name, which begins with
/// `.esash-`, in the same folder. Such a file is left only by a process that was killed meanwhile.
public enum PrivateFile {
  /// Writes a file with mode 0600, in place of one that may be there.
  ///
  /// - Parameters:
  ///   - bytes: all that it holds.
  ///   - path: its path.
  ///   - durably: whether file and name outlive a power failure on return.
  /// - Throws: `FileError` when it cannot be written; an older file is then as it was.
  public static func write(
    _ bytes: [UInt8], to path: String, durably: Bool = true
  ) throws(FileError) {
    let temporary = try make(bytes, for: path, durably: durably)
    guard rename(temporary, path) == 0 else {
      let error = FileError(.writeFile, path)
      unlink(temporary)
      throw error
    }
    if durably { synchronizeFolder(of: path) }
  }

  /// Writes a text in UTF-8; else as above.
  public static func write(
    _ text: String, to path: String, durably: Bool = true
  ) throws(FileError) {
    try write(Array(text.utf8), to: path, durably: durably)
  }

  /// Writes a new file with mode 0600; of several processes, one does.
  ///
  /// - Returns: false when there is one of that name.
  /// - Throws: `FileError` when it cannot be written.
  public static func create(_ bytes: [UInt8], at path: String) throws(FileError) -> Bool {
    let temporary = try make(bytes, for: path, durably: false)
    defer { unlink(temporary) }
    if link(temporary, path) == 0 { return true }
    guard errno == EEXIST else { throw FileError(.writeFile, path) }
    return false
  }

  /// Reads a file; nil when there is none, or none that can be read.
  public static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        bytes += chunk[..<count]
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        return nil
      }
    }
  }

  /// Reads a text in UTF-8; else as above.
  public static func text(of path: String) -> String? {
    contents(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes a folder with mode 0700 and those above it; one that is there is kept.
  ///
  /// - Throws: `FileError` when it cannot be made.
  public static func makeFolder(_ path: String) throws(FileError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    let error = FileError(.makeFolder, path)
    guard error.code == ENOENT, let above = folder(of: path), above != path else { throw error }
    try makeFolder(above)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(.makeFolder, path) }
  }

  /// Has what happened to the names in a file's folder outlive a power failure.
  public static func synchronizeFolder(of path: String) {
    let descriptor = open(folder(of: path) ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Writes all bytes to a descriptor.
  ///
  /// - Parameter path: how the file is called in errors.
  /// - Throws: `FileError`.
  public static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw FileError(.writeFile, path)
      }
    }
  }

  /// - Returns: the path of a complete file with a passing name.
  private static func make(
    _ bytes: [UInt8], for path: String, durably: Bool
  ) throws(FileError) -> String {
    let temporary = passingName(for: path)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(.writeFile, path) }
    defer { close(descriptor) }
    do throws(FileError) {
      try write(bytes, to: descriptor, path: path)
      guard !durably || fsync(descriptor) == 0 else { throw FileError(.writeFile, path) }
    } catch {
      unlink(temporary)
      throw error
    }
    return temporary
  }

  /// A path in the same folder that no other file has.
  static func passingName(for path: String) -> String {
    let random = String(UInt64.random(in: 0 ... .max), radix: 36)
    return (folder(of: path).map { "\($0)/" } ?? "") + ".esash-\(random)"
  }

  /// The folder's path; nil for a name alone.
  private static func folder(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

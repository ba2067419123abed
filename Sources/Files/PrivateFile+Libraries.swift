import Glibc

/// Files that a library writes by their path, such as databases.
extension PrivateFile {
  /// Makes a file with mode 0600, unless there is one.
  ///
  /// It gets its name when it is whole. So an empty file is never what a process left that was
  /// killed meanwhile, and one that is found has lost what it held.
  ///
  /// - Parameters:
  ///   - path: its path.
  ///   - write: writes to the empty file whose path it is given, durably.
  /// - Throws: what `write` throws; `FileError` when the file cannot be made. Nothing is left then.
  public static func make(at path: String, by write: (String) throws -> Void) throws {
    guard access(path, F_OK) != 0 else { return }
    let passing = passingName(for: path)
    let descriptor = open(passing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(.writeFile, path) }
    close(descriptor)
    do {
      try write(passing)
      guard rename(passing, path) == 0 else { throw FileError(.writeFile, path) }
    } catch {
      unlink(passing)
      throw error
    }
    synchronizeFolder(of: path)
  }

  /// Whether there is a file without a byte.
  public static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size == 0
  }
}

import Files
import Foundation

/// A folder of files that are their owner's alone, each written whole or not at all.
///
/// The appliance's `configuration` folder is one, whose files users upload and export; so is the
/// appliance's directory itself.
public struct PrivateFolder: Sendable {
  /// The largest file that is read, in bytes.
  public static let sizeLimit = 64 << 20

  /// The folder's path.
  public let path: String

  /// Makes a view of a folder, which must be there when it is used.
  public init(path: String) { self.path = path }

  /// Reads a file.
  ///
  /// - Throws: `StoreError` for a name with a path in it, and for a missing or unreadable file.
  public func read(_ name: String) throws(StoreError) -> [UInt8] {
    let descriptor = open(try place(of: name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.unreadable(name, errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError("Error: \"\(name)\" is not a file.")
    }
    guard status.st_size <= Self.sizeLimit else {
      throw StoreError("Error: the file \"\(name)\" is larger than 64 MB.")
    }
    guard let data = try? handle.readToEnd() ?? Data() else { throw Self.unreadable(name, EIO) }
    return [UInt8](data)
  }

  /// Writes a file with mode 0600, whole or not at all.
  ///
  /// - Throws: `StoreError` for a name with a path in it, and when it cannot be written.
  public func write(_ bytes: [UInt8], to name: String) throws(StoreError) {
    let target = try place(of: name)
    do {
      try PrivateFile.write(bytes, to: target)
    } catch {
      throw StoreError("Error: the file \"\(name)\" cannot be written: \(error.reason).")
    }
  }

  /// The names of the files, sorted.
  public var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Refuses what cannot be a file's name.
  ///
  /// - Throws: `StoreError` with the sentence for users.
  public static func check(name: String) throws(StoreError) {
    guard isName(name) else { throw StoreError("Symbols are not allowed in the file name.") }
  }

  /// Whether a name can be a file's: letters, digits, `.`, `_`, `-`, not beginning with a dot.
  public static func isName(_ name: String) -> Bool {
    (1...200).contains(name.utf8.count) && name.first != "."
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
      }
  }

  private func place(of name: String) throws(StoreError) -> String {
    try Self.check(name: name)
    return "\(path)/\(name)"
  }

  private static func unreadable(_ name: String, _ code: Int32) -> StoreError {
    switch code {
    case ENOENT: StoreError("Error: the file \"\(name)\" does not exist.")
    // A symbolic link, a socket.
    case ELOOP, ENXIO: StoreError("Error: \"\(name)\" is not a file.")
    default:
      StoreError("Error: the file \"\(name)\" cannot be read: \(String(cString: strerror(code))).")
    }
  }
}

import Foundation

/// An open file; it is closed with its last reference.
final class Descriptor: Sendable {
  let raw: Int32

  init?(_ raw: Int32) {
    guard raw >= 0 else { return nil }
    self.raw = raw
  }

  deinit {
    close(raw)
  }

  /// What the file is and how long, whatever name it has by now.
  var status: FileStatus? {
    var status = stat()
    return fstat(raw, &status) == 0 ? FileStatus(status) : nil
  }

  /// Writes the bytes, in one system call unless the system takes fewer.
  ///
  /// - Returns: how many were written; fewer than all only on failure, with `errno` set.
  func write(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Foundation.write(
          raw, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count > 0 {
          written += count
        } else if count == 0 || errno != EINTR {
          break
        }
      }
      return written
    }
  }

  /// Whether the last line has no end, since its writer was killed or the disk was full.
  var endsInsideLine: Bool {
    guard let size = status?.size, size > 0 else { return false }
    return read(1, at: size - 1) != [0x0A]
  }

  /// Reads at most `count` bytes from `offset`; fewer at the end of the file.
  func read(_ count: Int, at offset: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var result = pread(raw, buffer.baseAddress, count, off_t(offset))
      while result < 0 && errno == EINTR {
        result = pread(raw, buffer.baseAddress, count, off_t(offset))
      }
      filled = max(0, result)
    }
  }
}

/// What the system says of a file.
struct FileStatus {
  /// The file itself: two names of equal identity are one file.
  struct Identity: Equatable {
    let device: UInt64
    let inode: UInt64
  }

  let identity: Identity
  /// The length in bytes.
  let size: Int

  init(_ status: stat) {
    identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int(status.st_size)
  }
}

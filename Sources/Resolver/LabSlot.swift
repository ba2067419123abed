import FoundationEssentials
import Glibc

/// A slot of the lab network, held by a lock for as long as this value lives.
///
/// The lock files lie in one folder for all users of the machine; the kernel drops the lock of a
/// process that dies.
public final class LabSlot: Sendable {
  /// The number that is tried first where no other was had.
  public static let usual: UInt8 = 168
  /// The folder of the lock files.
  public static let folder = FileManager.default.temporaryDirectory.appending(path: "esash-slots")
    .path

  /// The second byte of the slot's addresses, 1 to 254.
  public let number: UInt8
  private let descriptor: Int32

  private init(number: UInt8, descriptor: Int32) {
    self.number = number
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Claims a free slot.
  ///
  /// - Parameters:
  ///   - preferred: the number to try first, such as the one that an appliance had last.
  ///   - folder: the folder of the lock files; made when it is missing.
  /// - Throws: `LabSlotError` when the folder cannot be used or no slot is free.
  public static func claim(preferring preferred: UInt8? = nil, in folder: String = folder) throws
    -> LabSlot
  {
    if mkdir(folder, 0o1777) == 0 {
      // The mode given to mkdir is cut by the process's umask.
      chmod(folder, 0o1777)
    } else if errno != EEXIST {
      throw LabSlotError(
        "The folder \(folder) cannot be made: \(String(cString: strerror(errno))).")
    }
    let numbers = Array(usual...254) + Array(1..<usual)
    var lastError: Int32 = EWOULDBLOCK
    for number in [preferred].compactMap({ $0 }).filter(numbers.contains) + numbers {
      guard let descriptor = open("\(folder)/\(number)") else {
        lastError = errno
        continue
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        return LabSlot(number: number, descriptor: descriptor)
      }
      lastError = errno
      close(descriptor)
    }
    guard lastError == EWOULDBLOCK else {
      throw LabSlotError(
        "No slot can be locked in \(folder): \(String(cString: strerror(lastError))).")
    }
    throw LabSlotError("All 254 slots of the lab network are taken by other appliances.")
  }

  /// Opens a lock file that may belong to another user; a lock needs no permission to write.
  private static func open(_ path: String) -> Int32? {
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW
    var descriptor = Glibc.open(path, flags)
    if descriptor < 0, errno == ENOENT {
      descriptor = Glibc.open(path, flags | O_CREAT | O_EXCL, 0o666)
      if descriptor >= 0 {
        fchmod(descriptor, 0o666)
      } else if errno == EEXIST {
        // Another process was faster.
        descriptor = Glibc.open(path, flags)
      }
    }
    return descriptor >= 0 ? descriptor : nil
  }
}

/// Why no slot could be claimed, as a sentence.
public struct LabSlotError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

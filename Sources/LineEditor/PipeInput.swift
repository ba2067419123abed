import Dispatch
import Glibc

/// Reads a descriptor on a queue of its own.
final class PipeInput: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "esash.pipe-input")

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next bytes, at most 64 KiB; none at the end.
  func nextChunk() async -> [UInt8] {
    await withCheckedContinuation { continuation in
      queue.async { [descriptor] in
        continuation.resume(returning: readChunk(of: descriptor))
      }
    }
  }
}

private func readChunk(of descriptor: Int32) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
    while true {
      let result = read(descriptor, space.baseAddress, space.count)
      guard result < 0, errno == EINTR || errno == EAGAIN else {
        count = max(0, result)
        return
      }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, -1)
    }
  }
}

public import Files
import Foundation
import Synchronization

/// The folder in which a peer keeps what it received, one file a message, in order.
public final class Mailbox: Sendable {
  /// The folder's path.
  public let folder: String
  /// The number of the newest file, once it is known.
  private let last = Mutex<Int?>(nil)

  /// Names a folder; it is made when the first message comes.
  public init(_ folder: String) { self.folder = folder }

  /// Keeps a message.
  ///
  /// - Returns: the name of its file, such as `000012.eml`.
  /// - Throws: `FileError` when it cannot be written.
  @concurrent
  public func store(_ message: ReceivedMessage) async throws(FileError) -> String {
    try store(message.file)
  }

  /// Keeps a request to a web service.
  ///
  /// - Returns: the name of its file, such as `000012.eml`.
  /// - Throws: `FileError` when it cannot be written.
  @concurrent
  func store(_ request: ReceivedRequest) async throws(FileError) -> String {
    try store(request.file)
  }

  private func store(_ file: [UInt8]) throws(FileError) -> String {
    try PrivateFile.makeFolder(folder)
    // Another process may write here too: a number that it has taken is passed over.
    while true {
      let name = String(format: "%06d.eml", nextNumber())
      if try PrivateFile.create(file, at: "\(folder)/\(name)") { return name }
    }
  }

  private func nextNumber() -> Int {
    last.withLock { last in
      let number = (last ?? files.last.flatMap { Int($0.dropLast(4)) } ?? 0) + 1
      last = number
      return number
    }
  }

  /// The names of all files, oldest first.
  public var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".eml") && !$0.hasPrefix(".") }.sorted()
  }

  /// All messages, oldest first.
  ///
  /// - Throws: `PeerError` for a file that is none of this folder's.
  public func messages() throws(PeerError) -> [ReceivedMessage] {
    var messages: [ReceivedMessage] = []
    for name in files {
      let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      messages.append(try ReceivedMessage(file: [UInt8](data)))
    }
    return messages
  }
}

import Files
public import Foundation

/// A folder in which messages wait for an engine that does not run.
///
/// A file appears in it whole, by its last name, and on disk. It holds the envelope as one line of
/// JSON, and then the content.
public struct Spool: Sendable {
  /// The largest file that is taken in, in bytes.
  static let sizeLimit = 64 << 20

  /// The folder's path.
  public let folder: String

  /// Makes a spool in a folder, which comes into being with the first message.
  public init(folder: String) { self.folder = folder }

  /// Leaves a message for the next engine; it is on disk on return.
  ///
  /// - Parameter date: real time, by which messages are taken in in their order.
  /// - Returns: the file's name.
  /// - Throws: `QueueError`.
  @discardableResult
  public func write(_ message: InjectedMessage, date: Date = Date()) throws -> String {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(errno) }
    let order = String(Int(date.timeIntervalSince1970 * 1e6), radix: 36)
    let name = "\(order)-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    let envelope = Envelope(sender: message.sender, recipients: message.recipients)
    do {
      let line = try JSONEncoder().encode(envelope) + [0x0A]
      try PrivateFile.write(line + message.content, to: "\(folder)/\(name)")
    } catch let error as FileError {
      throw failure(error.code)
    }
    return name
  }

  /// The names of the messages that wait, oldest first.
  public var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Reads a message.
  ///
  /// - Throws: `QueueError` when it is none.
  func read(_ name: String) throws(QueueError) -> InjectedMessage {
    let path = "\(folder)/\(name)"
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= Self.sizeLimit, let data = FileManager.default.contents(atPath: path),
      let end = data.firstIndex(of: 0x0A),
      let envelope = try? JSONDecoder().decode(Envelope.self, from: data[..<end]),
      !envelope.recipients.isEmpty
    else { throw QueueError("The file \(path) is not a message.") }
    return InjectedMessage(
      sender: envelope.sender, recipients: envelope.recipients, text: [UInt8](data[(end + 1)...]))
  }

  /// Removes a message, durably; one that is gone already is passed over.
  ///
  /// - Throws: `QueueError` when it cannot be removed.
  func remove(_ name: String) throws(QueueError) {
    let path = "\(folder)/\(name)"
    guard unlink(path) == 0 || errno == ENOENT else { throw failure(errno) }
    PrivateFile.synchronizeFolder(of: path)
  }

  private func failure(_ code: Int32) -> QueueError {
    QueueError("The folder \(folder) cannot be written: \(String(cString: strerror(code))).")
  }

  private struct Envelope: Codable {
    var sender: String
    var recipients: [String]
  }
}

public import Control
import Foundation

/// `engine.json`: how to reach an appliance's engine, and the slot that it had last.
public struct EngineFile: Codable, Hashable, Sendable {
  /// The engine's process; nil when none runs.
  public var process: Int32?
  /// The path of its control socket; nil when none runs.
  public var socket: String?
  /// The slot of the lab network that it has, or had last.
  public var slot: UInt8?
  /// Where its services are, or were last.
  public var addresses: EngineAddresses?

  /// The file's path in an appliance's directory.
  static func path(in directory: String) -> String { "\(directory)/engine.json" }

  /// Reads the file of an appliance; nil when there is none, or nothing to be made of it.
  public init?(in directory: String) {
    guard let data = FileManager.default.contents(atPath: Self.path(in: directory)),
      let file = try? JSONDecoder().decode(EngineFile.self, from: data)
    else { return nil }
    self = file
  }

  init(process: Int32?, socket: String?, slot: UInt8?, addresses: EngineAddresses?) {
    self.process = process
    self.socket = socket
    self.slot = slot
    self.addresses = addresses
  }

  /// Writes the file, whole or not at all; the appliance's directory is its owner's alone.
  func write(in directory: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let data = try encoder.encode(self)
    let path = Self.path(in: directory)
    let temporary = "\(path).new"
    guard
      FileManager.default.createFile(
        atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600]),
      rename(temporary, path) == 0
    else { throw EngineError("The file \(path) cannot be written.") }
  }
}

/// Why the engine cannot do something, as a sentence.
public struct EngineError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

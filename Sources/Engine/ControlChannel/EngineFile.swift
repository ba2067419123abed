public import ConfigurationStore
public import Control
import Foundation
import Resolver

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

  /// The file's name in an appliance's directory.
  private static let name = "engine.json"

  /// Reads the file of an appliance; nil when there is none, or nothing to be made of it.
  public init?(in directory: String) {
    guard let data = FileManager.default.contents(atPath: "\(directory)/\(Self.name)"),
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

  /// Writes the file, whole or not at all, for its owner alone.
  ///
  /// - Throws: `StoreError` when it cannot be written.
  func write(in directory: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try PrivateFolder(path: directory).write([UInt8](encoder.encode(self)), to: Self.name)
  }
}

extension Appliance {
  /// The slot of the lab network by which the appliance is reached; nil on the real network.
  ///
  /// - Parameter addresses: where it is served; nil when nobody serves it: then the slot that it
  ///   had last counts, or the one that it will try first.
  public func slot(servedAt addresses: EngineAddresses?) -> UInt8? {
    if let addresses { return addresses.slot }
    return EngineFile(in: directory)?.slot ?? LabSlot.usual
  }
}

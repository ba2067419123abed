import Control
import Engine
import Foundation

extension FuzzTarget {
  /// What comes through an engine's control socket, and what an engine answers or leaves in a file.
  ///
  /// However the bytes come, the requests are the same, and each is one that can be waited for.
  static let control = FuzzTarget("control") { bytes in
    let whole = try readings([bytes[...]])
    let crumbs = try readings(FuzzInput(bytes).crumbs)
    if bytes.count <= ControlRequests.mostBytes {
      try require(whole == crumbs, "however bytes come, the requests are the same")
    }
    for case .request(let request) in whole {
      try require(try again(request) == request, "a request is read as it is written")
      _ = Duration.seconds(request.patience)
    }
    if let reply = try? JSONDecoder().decode(EngineReply.self, from: Data(bytes)) {
      try require(try again(reply) == reply, "an answer is read as it is written")
    }
    if let file = try? JSONDecoder().decode(EngineFile.self, from: Data(bytes)) {
      try require(try again(file) == file, "a file is read as it is written")
    }
  }

  private static func readings(
    _ pieces: [ArraySlice<UInt8>]
  ) throws -> [ControlRequests.Reading] {
    var requests = ControlRequests()
    var readings: [ControlRequests.Reading] = []
    for piece in pieces {
      guard requests.receive(piece) else { break }
      while let reading = requests.next() { readings.append(reading) }
    }
    return readings
  }

  private static func again<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }
}

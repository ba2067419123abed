import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What was found with libFuzzer stays found: each input that is kept is fed again.
///
/// One after the other: what is fed to a target may meet the same appliance.
@Suite(.serialized) struct CorpusTests {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")

  private static func inputs(of name: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: corpus.appending(path: name), includingPropertiesForKeys: nil
    ).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func eachKeptInputIsBorne(name: String) async throws {
    let target = try #require(FuzzTarget.named(name))
    let inputs = try Self.inputs(of: name)
    #expect(inputs.count > 2)
    for input in inputs {
      let bytes = try [UInt8](Data(contentsOf: input))
      await #expect(throws: Never.self, "\(name)/\(input.lastPathComponent)") {
        try await target.feed(bytes)
      }
    }
  }

  /// A few hundred inputs near the kept ones, the same each time: what a change of today breaks is
  /// often found without libFuzzer.
  @Test(arguments: FuzzTarget.all.map(\.name))
  func inputsNearbyAreBorne(name: String) async throws {
    let target = try #require(FuzzTarget.named(name))
    let kept = try Self.inputs(of: name).map { try [UInt8](Data(contentsOf: $0)) }
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      var input = kept.randomElement(using: &generator) ?? []
      let other = kept.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        input.mutate(with: other, using: &generator)
      }
      await #expect(throws: Never.self, "\(input)") { try await target.feed(input) }
    }
  }

  @Test func eachFolderHasItsTarget() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
    #expect(folders.sorted() == FuzzTarget.all.map(\.name).sorted())
  }

  /// The files are read by people too, and come with each clone.
  @Test(arguments: FuzzTarget.all.map(\.name))
  func aCorpusIsSmall(name: String) throws {
    let sizes = try Self.inputs(of: name).map { try Data(contentsOf: $0).count }
    #expect(sizes.reduce(0, +) <= 200 << 10)
  }
}

extension [UInt8] {
  /// Changes a byte, takes some away, puts some of another input between, or repeats some.
  fileprivate mutating func mutate(
    with other: [UInt8], using generator: inout some RandomNumberGenerator
  ) {
    let start = Int.random(in: 0...count, using: &generator)
    let end = Int.random(in: start...Swift.min(count, start + 40), using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0 where start < count: self[start] = .random(in: .min ... .max, using: &generator)
    case 1: removeSubrange(start..<end)
    case 2:
      let from = Int.random(in: 0...other.count, using: &generator)
      replaceSubrange(start..<end, with: other[from...].prefix(40))
    default: insert(contentsOf: self[start..<end], at: end)
    }
  }
}

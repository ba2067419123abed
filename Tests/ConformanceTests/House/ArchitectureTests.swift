import Foundation
import TestSupport
import Testing

/// The plan in `docs/architecture.md` is the plan of `Package.swift`.
@Suite struct ArchitectureTests {
  @Test("Each room may import what the table says, and is in the table")
  func rooms() async throws {
    #expect(try await Self.packageRooms() == Self.tableRooms())
  }

  @Test("Every source file is under 500 lines, half of them under 120")
  func sizes() throws {
    let files = FileManager.default.enumerator(
      at: repositoryRoot.appendingPathComponent("Sources"), includingPropertiesForKeys: nil)
    let lengths = try (files?.compactMap { $0 as? URL } ?? []).filter {
      $0.pathExtension == "swift"
    }
    .map { file in
      let count = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      #expect(count <= 500, "\(file.lastPathComponent)")
      return count
    }.sorted()
    #expect(lengths.count > 100)
    #expect(lengths[lengths.count / 2] < 120)
  }

  /// Room → rooms, from the rows of the table in docs/architecture.md.
  static func tableRooms() throws -> [String: Set<String>] {
    let text = try String(
      contentsOf: repositoryRoot.appendingPathComponent("docs/architecture.md"), encoding: .utf8)
    var rooms: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3 else { continue }
      let names = cells[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      rooms[cells[0].trimmingCharacters(in: ["`"])] = Set(names).subtracting(["–"])
    }
    let all = Set(rooms.keys)
    return rooms.mapValues { $0 == ["all"] ? all : $0 }
  }

  /// Room → rooms, as the package manager reads Package.swift.
  private static func packageRooms() async throws -> [String: Set<String>] {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("esash-manifest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    // A folder of its own: the one of the running tests is locked.
    let result = try await OutsideProgram.run(
      [
        "swift", "package", "dump-package", "--package-path", repositoryRoot.path, "--scratch-path",
        scratch.path,
      ], with: [:], within: .seconds(120))
    let start = try #require(result.output.firstIndex(of: "{"), "\(result.output)")
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(result.output[start...].utf8))
    let rooms = manifest.targets.filter {
      $0.type != "test" && $0.path?.hasPrefix("Tests/") != true
    }
    let names = Set(rooms.map(\.name))
    return Dictionary(
      uniqueKeysWithValues: rooms.map { room in
        let imports = Set(room.dependencies.compactMap(\.name)).intersection(names)
        return (room.name, room.type == "executable" ? names : imports)
      })
  }

  private struct Manifest: Decodable {
    struct Target: Decodable {
      let name: String
      let type: String
      let path: String?
      let dependencies: [Dependency]
    }

    /// `{"byName": ["PKI", null]}`, or a product of another package.
    struct Dependency: Decodable {
      let byName: [String?]?
      var name: String? { byName?.first ?? nil }
    }

    let targets: [Target]
  }
}

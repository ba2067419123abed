import Foundation
import TestSupport
import Testing

/// `docs/architecture.svg` shows the imports that stand in `Sources/`.
@Suite struct DrawingTests {
  @Test("The drawing has the rooms, and just the imports that no longer way implies")
  func arrows() throws {
    let picture = try String(
      contentsOf: repositoryRoot.appending(path: "docs/architecture.svg"), encoding: .utf8)
    let titles = picture.matches(of: /<title>(\w+)(?:&#45;&gt;(\w+))?<\/title>/).map(\.output)
    let arrows = titles.compactMap { title in title.2.map { "\(title.1) → \($0)" } }
    let imports = try Self.imports()
    let expected = imports.flatMap { room, others in
      others.filter { other in
        !others.contains { $0 != other && Self.reach($0, in: imports).contains(other) }
      }.map { "\(room) → \($0)" }
    }
    #expect(Set(arrows) == Set(expected), "run scripts/draw-house")
    // The picture's own title is that of the graph.
    let rooms = titles.filter { $0.2 == nil && $0.1 != "house" }.map { String($0.1) }
    #expect(Set(rooms) == Set(imports.keys))
  }

  @Test("No room is allowed an import that it does not use")
  func allowedIsUsed() throws {
    let imports = try Self.imports()
    for (room, allowed) in try ArchitectureTests.tableRooms() where room != "esash" {
      #expect(allowed.subtracting(imports[room] ?? []) == [], "\(room)")
    }
  }

  /// Room → the rooms that its files import.
  private static func imports() throws -> [String: Set<String>] {
    let sources = repositoryRoot.appending(path: "Sources")
    let rooms = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    return try Dictionary(
      uniqueKeysWithValues: rooms.map { room in
        let files = FileManager.default.enumerator(
          at: sources.appending(path: room), includingPropertiesForKeys: nil)
        let names = try (files?.compactMap { $0 as? URL } ?? [])
          .filter { $0.pathExtension == "swift" }
          .flatMap { file in
            try String(contentsOf: file, encoding: .utf8)
              .matches(of: /(?m)^(?:(?:public|internal|package) )?import (\w+)/)
              .map { String($0.1) }
          }
        return (room, Set(names).intersection(rooms))
      })
  }

  private static func reach(_ room: String, in imports: [String: Set<String>]) -> Set<String> {
    (imports[room] ?? []).reduce(into: []) { all, other in
      all.formUnion([other])
      all.formUnion(reach(other, in: imports))
    }
  }
}

import Commands
import Foundation
import TestSupport
import Testing

/// docs/unenforced.md names just those settings that no acting room reads.
@Suite struct UnenforcedTests {
  private static let actingRooms = [
    "Mail", "ServiceTLS", "Engine", "Resolver", "TLS", "Transport", "Logs", "RemoteAccess",
    "ConfigurationStore/Accounts",
  ]

  /// Properties that nothing reads, though acting rooms name others that are called alike.
  private static let homonyms: Set = [
    "CRLSource.gui", "InterfaceGroup.interfaces", "LDAPSettings.base", "LogSettings.method",
    "LogSettings.user",
  ]

  private let page: String

  init() throws {
    page = try String(
      contentsOf: repositoryRoot.appending(path: "docs/unenforced.md"), encoding: .utf8)
  }

  @Test func theHelpOfEachCommandThatIsNamedHasANote() {
    let items = page.split(separator: "\n").filter { $0.hasPrefix("- ") }
    #expect(!items.isEmpty)
    for item in items {
      let names = item.prefix { $0 != ":" }.matches(of: /`(\w+)`/).map { String($0.1) }
      #expect(!names.isEmpty, "\(item)")
      for name in names {
        let command = Command.all.first { $0.name == name }
        #expect(command?.notes.isEmpty == false, "\(name)")
      }
    }
  }

  @Test func theListIsThatOfTheSources() throws {
    let listed = page.matches(of: /`([A-Z]\w+\.\w+)`/).map { String($0.1) }
    #expect(listed.count == Set(listed).count)
    let unnamed = try Self.unnamed()
    #expect(unnamed.isDisjoint(with: Self.homonyms), "no homonym any more")
    let unread = unnamed.union(Self.homonyms)
    #expect(unread.subtracting(listed) == [], "read by nobody, and not listed")
    #expect(Set(listed).subtracting(unread) == [], "listed, but read")
  }

  /// `File.property` for each stored property of a configuration value that no acting room names.
  private static func unnamed() throws -> Set<String> {
    let acting = try actingRooms.flatMap { try sources(of: $0) }.map(\.text).joined()
    let words = Set(acting.matches(of: /\.([a-z]\w*)/).map { String($0.1) })
    var unnamed: Set<String> = []
    for file in try sources(of: "Configuration/Objects") {
      for line in file.text.split(separator: "\n") {
        // A property with a body is computed, but for one that is observed, which none is.
        guard !line.contains("{"),
          let match = line.firstMatch(of: /^\s+public (?:internal\(set\) )?var (\w+)/)
        else { continue }
        let name = String(match.1)
        if !words.contains(name) { unnamed.insert("\(file.name).\(name)") }
      }
    }
    return unnamed
  }

  private static func sources(of room: String) throws -> [(name: String, text: String)] {
    let folder = repositoryRoot.appending(path: "Sources/\(room)")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.map {
      ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
    }
  }
}

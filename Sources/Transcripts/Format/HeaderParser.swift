import Dialogue
import Foundation
import Yams

/// Reads the YAML between the two `---` lines; `offset` is the file's line before the first.
struct HeaderParser {
  let file: String
  let offset: Int

  /// What ends a line in YAML (1.1, 5.4), but none of a transcript: lines would be told wrongly.
  private static let foreignBreaks: Set<Unicode.Scalar> = ["\r", "\u{85}", "\u{2028}", "\u{2029}"]

  func parse(_ yaml: String) throws(TranscriptError) -> TranscriptHeader {
    guard let root = try compose(yaml) else { return TranscriptHeader() }
    guard case .mapping(let mapping) = root else {
      throw error(root, "The header must be a list of `key: value` lines.")
    }
    var header = TranscriptHeader()
    for (key, value) in mapping {
      try set(key, value, in: &header)
    }
    return header
  }

  private func set(
    _ key: Node, _ value: Node, in header: inout TranscriptHeader
  ) throws(TranscriptError) {
    switch key.scalar?.string {
    case "title": header.title = try text(value, "title")
    case "appliance": header.appliance = try start(value)
    case "asyncos": header.asyncos = try text(value, "asyncos")
    case "engine": header.engine = try flag(value)
    case "clock": header.clock = try date(value)
    case "guide": header.guide = try sections(value)
    case "user": header.user = try text(value, "user")
    case "window": header.window = try window(value)
    case let name:
      throw error(
        key,
        "Unknown header key \"\(name ?? "")\"; known are title, appliance, asyncos, engine, clock, "
          + "guide, user and window.")
    }
  }

  private func text(_ node: Node, _ key: String) throws(TranscriptError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw error(node, "The header's \(key) must be one value.")
    }
    return text
  }

  private func start(_ node: Node) throws(TranscriptError) -> TranscriptHeader.Start {
    let name = try text(node, "appliance")
    if name == "factory" { return .factory }
    guard !name.hasPrefix("/") else {
      throw error(node, "The header's appliance must be a path from the transcript's folder.")
    }
    if name.hasSuffix(".transcript") { return .transcript(name) }
    if name.hasSuffix(".xml") { return .configuration(name) }
    throw error(
      node, "The header's appliance must be factory, a saved .xml file or a .transcript file.")
  }

  private func flag(_ node: Node) throws(TranscriptError) -> Bool {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default: throw error(node, "The header's engine must be true or false.")
    }
  }

  private func date(_ node: Node) throws(TranscriptError) -> Date {
    let text = try text(node, "clock")
    guard let date = try? Date(text, strategy: .iso8601) else {
      throw error(node, "The header's clock must look like 2026-04-16T18:59:13Z.")
    }
    return date
  }

  private func sections(_ node: Node) throws(TranscriptError) -> [String] {
    var names: [String] = []
    for item in node.sequence.map(Array.init) ?? [node] {
      let name = try text(item, "guide")
      guard name.hasPrefix("G"), let number = Int(name.dropFirst()), number > 0 else {
        throw error(item, "The header's guide must name sections such as G5.")
      }
      names.append(name)
    }
    return names
  }

  private func window(_ node: Node) throws(TranscriptError) -> WindowSize {
    let numbers = try text(node, "window").split(separator: "x").map { Int($0) ?? 0 }
    guard numbers.count == 2, numbers.allSatisfy({ (2...1000).contains($0) }) else {
      throw error(node, "The header's window must look like 24x80: rows, then columns.")
    }
    return WindowSize(rows: numbers[0], columns: numbers[1])
  }

  private func error(_ node: Node, _ message: String) -> TranscriptError {
    TranscriptError(file: file, line: node.mark.map { $0.line + offset }, message)
  }

  private func compose(_ yaml: String) throws(TranscriptError) -> Node? {
    let scalars = yaml.unicodeScalars.map { Self.foreignBreaks.contains($0) ? " " : $0 }
    do {
      return try Yams.compose(yaml: String(String.UnicodeScalarView(scalars)))
    } catch let error as YamlError {
      throw complaint(error)
    } catch {
      throw TranscriptError(file: file, line: offset, "The header is not YAML.")
    }
  }

  private func complaint(_ error: YamlError) -> TranscriptError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      TranscriptError(
        file: file, line: mark.line + offset, "The header is not YAML: \(problem).")
    case .duplicatedKeysInMapping(let keys, let context):
      TranscriptError(
        file: file, line: context.mark.line + offset,
        "The header says \(keys.joined(separator: ", ")) twice.")
    default:
      TranscriptError(file: file, line: offset, "The header is not YAML.")
    }
  }
}

import Foundation

/// `docs/performance.md`: its words are its own, its figures stand between marks and are written anew.
struct Page {
  /// The page's folder.
  let folder: URL

  private var file: URL { folder.appendingPathComponent("performance.md") }

  /// All of the page.
  var text: String { get throws { try String(contentsOf: file, encoding: .utf8) } }

  /// Writes the text between `<!-- NAME -->` and `<!-- end of NAME -->` anew.
  ///
  /// - Throws: `Failure` when the page lacks the marks.
  func write(_ text: String, as name: String) throws {
    let page = try self.text
    guard let begin = page.range(of: "<!-- \(name) -->\n"),
      let end = page.range(of: "<!-- end of \(name) -->\n"), begin.upperBound <= end.lowerBound
    else { throw Failure("The page has no place for \"\(name)\".") }
    let new = page[..<begin.upperBound] + text + page[end.lowerBound...]
    try String(new).write(to: file, atomically: true, encoding: .utf8)
  }

  /// Writes a picture; returns the words that show it on the page.
  func write(_ plot: Plot, as name: String) throws -> String {
    let pictures = folder.appendingPathComponent("performance")
    try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
    try plot.svg.write(
      to: pictures.appendingPathComponent("\(name).svg"), atomically: true, encoding: .utf8)
    return "![\(plot.title)](performance/\(name).svg)\n"
  }
}

/// What the figures were measured on, in a sentence.
var machine: String {
  let cores = ProcessInfo.processInfo.processorCount
  let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
  let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  let model =
    text.split(separator: "\n").first { $0.hasPrefix("model name") }
    .flatMap { $0.split(separator: ":").last }
    .map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
  return "Machine: \(cores) cores, \(model), \(Int(memory.rounded())) GiB of memory.\n"
}

import Foundation
import Testing
import Transcripts

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Counts the elements of an XML text and keeps their attributes.
private final class ElementCollector: NSObject, XMLParserDelegate {
  var elements: [(name: String, attributes: [String: String])] = []
  var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    elements.append((name, attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

struct ReportTests {
  private func results() async throws -> ReplayReport {
    let folder = try Folder()
    try folder.write("mail.example.com> exit", "set/a.transcript")
    try folder.write(
      "mail.example.com> echo <&\"]]>\u{1}\n<x>\nmail.example.com>", "set/b & \"c\".transcript")
    try folder.write("%what", "set/sub/d.transcript")
    try folder.write("no transcript", "set/notes.txt")
    var options = Replayer.Options()
    options.jobs = 3
    return await Replayer(options: options) { ToyBench() }
      .replay([folder.url.appending(path: "set").path])
  }

  @Test func foldersArePlayedInOrder() async throws {
    let report = try await results()
    #expect(
      report.results.map { URL(fileURLWithPath: $0.file).lastPathComponent }
        == ["a.transcript", "b & \"c\".transcript", "d.transcript"])
    #expect(report.exitStatus == 2)
    #expect(report.text.contains("1 of 3 transcripts match"))
    #expect(report.text.contains("d.transcript:1: Unknown directive %what"))
  }

  @Test func junitIsWellFormed() async throws {
    let report = try await results()
    let parser = XMLParser(data: Data(report.junit.utf8))
    let collector = ElementCollector()
    parser.delegate = collector
    #expect(parser.parse() && parser.parserError == nil, "\(report.junit)")
    #expect(
      collector.elements.map(\.name)
        == ["testsuite", "testcase", "testcase", "failure", "testcase", "error"])
    let suite = collector.elements[0].attributes
    #expect(suite["tests"] == "3" && suite["failures"] == "1" && suite["errors"] == "1")
    #expect(collector.elements[2].attributes["name"]?.hasSuffix("b & \"c\".transcript") == true)
    #expect(collector.text.contains("+<&\"]]>\u{FFFD}"))
    #expect(suite["time"]?.wholeMatch(of: /\d+\.\d{3}/) != nil)
  }

  @Test func missingAndEmptyPathsCannotRun() async throws {
    let folder = try Folder()
    let report = await Replayer { ToyBench() }
      .replay([folder.url.path, folder.url.path + "/none.transcript"])
    #expect(report.exitStatus == 2)
    #expect(
      report.results.map(\.trouble?.message) == [
        "The folder holds no .transcript file.", "There is no such file or folder.",
      ])
  }

  @Test func benchThatCannotBeMadeCannotRun() async throws {
    let folder = try Folder()
    let path = try folder.write("x>", "a.transcript")
    let report = await Replayer { throw ToyError("No room for an appliance.") }.replay([path])
    #expect(report.results[0].trouble?.message == "No room for an appliance.")
  }

  @Test func manyFilesSideBySide() async throws {
    let folder = try Folder()
    for number in 10..<60 {
      try folder.write(
        "mail.example.com> echo \(number)\n\(number)\nmail.example.com>", "\(number).transcript")
    }
    var options = Replayer.Options()
    options.jobs = 8
    let report = await Replayer(options: options) { ToyBench() }.replay([folder.url.path])
    #expect(report.exitStatus == 0)
    #expect(report.results.count == 50)
    #expect(report.results.map(\.file) == report.results.map(\.file).sorted())
  }
}

import ConfigurationStore
import Foundation
@testable import RemoteAccess
import TestSupport
import Testing

/// What `scp`'s other half says and does, without a connection.
@Suite struct CopyTests {
  let directory: TemporaryDirectory
  let files: PrivateFolder

  init() async throws {
    directory = try TemporaryDirectory()
    files = try await Appliance(at: directory.path, environment: .test()).files
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func command(_ line: String) throws -> CopyCommand { try #require(CopyCommand(line)) }

  // MARK: The command line

  @Test func aCommandLineSaysWhichWay() throws {
    #expect(try command("scp -t /configuration/a.pem").direction == .upload)
    #expect(try command("scp -v -p -f a.pem").direction == .download)
    #expect(try command("scp -pvt -- '-a b'").path == "-a b")
    #expect(try command("scp -d -t .").wantsFolder)
    #expect(try command("scp -rt .").isRecursive)
  }

  @Test(arguments: [
    "", "scp", "scp -t", "scp a b", "scp -t a b", "scp -x -t a", "sftp -t a", "scp -t 'a",
    "version; scp -t a",
  ])
  func allElseIsNone(line: String) {
    #expect(CopyCommand(line) == nil)
  }

  @Test(arguments: [
    ("/configuration/a.pem", CopyTarget.file("a.pem")), ("configuration/a.pem", .file("a.pem")),
    ("a.pem", .file("a.pem")), ("./a.pem", .file("a.pem")), ("//configuration//a", .file("a")),
    ("", .folder), (".", .folder), ("/", .folder), ("/configuration", .folder),
    ("/configuration/", .folder), ("../a", nil), ("/configuration/../a", nil), ("..", nil),
    ("/etc/passwd", nil), ("/configuration/a/b", nil),
  ])
  func aPathNamesTheFolderOrAFileInIt(path: String, target: CopyTarget?) {
    #expect(CopyTarget(path) == target)
  }

  // MARK: Taking

  @Test(arguments: [1, 3, 1000])
  func aFileIsTakenInAnyPieces(piece: Int) throws {
    var receiver = CopyReceiver(try command("scp -t /configuration/a.pem"), in: files)
    var answer = receiver.begin()
    let words = Array("T1 0 1 0\nC0644 6 other\nabc\0de\0".utf8)
    for start in stride(from: 0, to: words.count, by: piece) {
      answer += receiver.take(Array(words[start...].prefix(piece)))
    }
    answer += receiver.end()
    #expect(answer == [0, 0, 0, 0])
    #expect(receiver.status == 0)
    #expect(try files.read("a.pem") == Array("abc\0de".utf8))
  }

  @Test func severalFilesKeepTheirNames() throws {
    var receiver = CopyReceiver(try command("scp -d -t configuration"), in: files)
    #expect(receiver.begin() == [0])
    #expect(receiver.take(Array("C0644 1 a.pem\nx\0C0600 0 b.pem\n\0".utf8)) == [0, 0, 0, 0])
    _ = receiver.end()
    #expect(receiver.status == 0 && files.names == ["a.pem", "b.pem"])
  }

  @Test(arguments: [
    "C0644 99999999999999999999 a\n", "C0644 -1 a\n", "C\n", "C0644 1\n", "C064 1 a\n",
    "C0644 1 ../a\n", "C0644 1 .a\n", "C0644 1 a b\n", "C0644 67108865 a\n", "D0755 0 d\n", "X\n",
    "\u{7}\n",
  ])
  func aBadLineEndsIt(line: String) throws {
    var receiver = CopyReceiver(try command("scp -t ."), in: files)
    _ = receiver.begin()
    let answer = receiver.take(Array(line.utf8))
    #expect(answer.first == 1 && text(answer).hasPrefix("\u{1}scp: ") && answer.last == 10)
    #expect(receiver.status == 1)
    #expect(receiver.take(Array("C0644 1 a\nx\0".utf8)).isEmpty)
    #expect(files.names.isEmpty)
  }

  @Test func anEndlessLineIsGivenUp() throws {
    var receiver = CopyReceiver(try command("scp -t ."), in: files)
    _ = receiver.begin()
    #expect(receiver.take([UInt8](repeating: 67, count: 5000)).first == 1)
    #expect(receiver.status == 1)
  }

  @Test(arguments: [
    "C0644 5 a\nab", "C0644 5 a\nabcde", "C0644 5", "\u{1}broken\n", "C0644 1 a\nx\u{1}no\n",
  ])
  func whatBreaksOffLeavesNoFile(words: String) throws {
    var receiver = CopyReceiver(try command("scp -t ."), in: files)
    _ = receiver.begin()
    _ = receiver.take(Array(words.utf8))
    _ = receiver.end()
    #expect(receiver.status == 1 && files.names.isEmpty)
  }

  @Test(arguments: ["/etc/passwd", "../a", "/configuration/.a", "/configuration/a;b"])
  func noOtherPlaceIsReached(path: String) throws {
    var receiver = CopyReceiver(try command("scp -t '\(path)'"), in: files)
    #expect(receiver.begin().first == 1 && receiver.status == 1)
    var sender = CopySender(try command("scp -f '\(path)'"), in: files)
    let answer = sender.begin() + sender.take([0])
    #expect(answer.first == 1 && sender.status == 1)
  }

  // MARK: Giving

  @Test func aFileIsGivenStepByStep() throws {
    try files.write(Array("hello".utf8), to: "a.pem")
    var sender = CopySender(try command("scp -f /configuration/a.pem"), in: files)
    #expect(sender.begin().isEmpty)
    #expect(text(sender.take([0])) == "C0600 5 a.pem\n")
    #expect(text(sender.take([0])) == "hello\0")
    #expect(sender.take([0]).isEmpty && sender.status == 0)
  }

  @Test func aPatternGivesAllThatFit() throws {
    for name in ["a.pem", "b.pem", "c.key"] { try files.write([120], to: name) }
    var sender = CopySender(try command("scp -f '*.pem'"), in: files)
    var answer = sender.begin()
    for _ in 0..<5 { answer += sender.take([0]) }
    #expect(text(answer) == "C0600 1 a.pem\nx\0C0600 1 b.pem\nx\0")
    #expect(sender.status == 0)
  }

  @Test func aRefusedFileIsLeftOut() throws {
    for name in ["a.pem", "b.pem"] { try files.write([120], to: name) }
    var sender = CopySender(try command("scp -f '?.pem'"), in: files)
    _ = sender.begin()
    #expect(text(sender.take([0])) == "C0600 1 a.pem\n")
    #expect(text(sender.take(Array("\u{1}no room\n".utf8))) == "C0600 1 b.pem\n")
    #expect(text(sender.take([0, 0])) == "x\0")
    #expect(sender.status == 1)
  }

  @Test(arguments: ["missing.pem", "*.none", "/configuration"])
  func whatIsNotThereIsTold(path: String) throws {
    var sender = CopySender(try command("scp -f '\(path)'"), in: files)
    let answer = sender.begin() + sender.take([0])
    #expect(answer.first == 1 && sender.status == 1)
  }

  /// Neither side may crash or write by whatever arrives.
  @Test(arguments: 0..<50)
  func rubbishDoesNoHarm(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let starts = ["", "C0644 3 a\n", "C0644 3 a\nab", "T0 0 0 0\n", "D0755 0 d\n"]
    let words =
      Array(starts.randomElement(using: &generator)!.utf8)
      + (0..<400).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var receiver = CopyReceiver(try command("scp -t ."), in: files)
    _ = receiver.begin() + receiver.take(words) + receiver.end()
    #expect(receiver.status != nil)
    var sender = CopySender(try command("scp -f a"), in: files)
    _ = sender.begin() + sender.take(words) + sender.end()
    #expect(sender.status != nil)
    #expect(files.names.allSatisfy { $0 == "a" })
  }
}

import Foundation
import Testing
import Transcripts

struct DirectiveTests {
  private let main = "mail.example.com>"

  @Test func uploadAndExpectedFile() async throws {
    let folder = try Folder()
    try folder.write("bytes", "a.p12")
    try folder.write(
      "%upload a.p12\n%upload a.p12 AS b.p12\n\(main) save x.xml\n"
        + "Saved {{name}}.\n%expect-file {{name}}\n\(main)\n%expect-file b.p12\n", "t.transcript")
    let world = ToyWorld()
    let result = await folder.replay("t.transcript", world: world)
    #expect(result.isMatch, result.report)
    #expect(await world.files["a.p12"] == Data("bytes".utf8))
    #expect(await world.files["b.p12"] == Data("bytes".utf8))
  }

  @Test func directivesWaitForTheOutputAboveThem() async throws {
    let result = try await replay(
      "\(main) save x.xml\n%expect-file x.xml\nSaved x.xml.\n\(main)")
    #expect(result.isMatch, result.report)
  }

  @Test func missingFileIsAMismatch() async throws {
    let result = try await replay("\(main) echo a\na\n%expect-file x.xml\n\(main)")
    #expect(result.mismatch?.line == 3, result.report)
    let upload = try await replay("%upload none.p12\n\(main)")
    #expect(upload.trouble?.line == 1, upload.report)
  }

  @Test func clockGoesAhead() async throws {
    let result = try await replay(
      "\(main) echo a\na\n%advance 1d12h\n\(main) date\n"
        + "later by 129600\n\(main)")
    #expect(result.isMatch, result.report)
  }

  @Test func shellOutputIsComparedLikeTheRest() async throws {
    var options = Replayer.Options()
    options.allowShell = true
    let text =
      "\(main) echo a\na\n%sh look\nran look\n...\n%sh again\nran again\nhost [..]\n\(main)"
    let result = try await replay(text, options: options)
    #expect(result.isMatch, result.report)
    let wrong = try await replay(text.replacing("ran again", with: "ran"), options: options)
    #expect(wrong.mismatch?.line == 7, wrong.report)
  }

  @Test func shellNeedsPermission() async throws {
    let result = try await replay("\(main) echo a\na\n%sh rm\n\(main)")
    #expect(result.trouble?.line == 3, result.report)
    #expect(result.trouble?.message.contains("--allow-sh") == true)
  }

  @Test func filesThatACommandLeftCanBePasted() async throws {
    let folder = try Folder()
    let work = folder.url.appending(path: "work")
    try folder.write("a\nb\n", "work/signed.pem")
    let path = try folder.write(
      "\(main) paste\n...\n%paste signed.pem\n2 lines, 3 bytes\n\(main)", "t.transcript")
    let report = await Replayer { ToyBench(work: work) }.replay([path])
    #expect(report.exitStatus == 0, report.results[0].report)
    let none = await Replayer { ToyBench() }.replay([path])
    #expect(none.results[0].trouble?.line == 3, none.results[0].report)
  }

  @Test func logLineMustAppear() async throws {
    let seen = try await replay("\(main) echo a\na\n%log seen\n\(main)")
    #expect(seen.isMatch, seen.report)
    let unseen = try await replay("\(main) echo a\na\n%log unseen\n\(main)")
    #expect(unseen.mismatch?.line == 3, unseen.report)
  }

  @Test(arguments: ["%mail a@b.example c@d.example", "%peer mx1 plain"])
  func whatTheBenchLacksCannotRun(_ directive: String) async throws {
    let result = try await replay("\(main) echo a\na\n\(directive)\n\(main)")
    #expect(result.trouble?.line == 3, result.report)
    #expect(result.trouble?.message.contains(" needs ") == true, result.report)
  }

  @Test func benchTroubleCannotRun() async throws {
    let result = try await replay("---\nasyncos: \"1.0\"\n---\n\(main)")
    #expect(result.trouble?.message == "There is no release 1.0.", result.report)
  }

  @Test func twoSessions() async throws {
    let world = ToyWorld()
    let result = try await replay(
      """
      mail.example.com> sethostname a.example.com
      %# the first has something pending
      %session second anna
      mail.example.com> menu
      ...
      []> new
      Enter a name for it:
      %session main
      mail.example.com> commit

      Please enter some comments describing your changes:
      []> first
      Changes committed: [..]
      %session second
      > x
      Do you want to view x? [Y]> n
      ...
      []>
      a.example.com> exit
      %session main
      a.example.com> exit
      """, world: world)
    #expect(result.isMatch, result.report)
    #expect(await world.sessions == ["main -", "second anna"])
  }

  @Test func outputBelongsToTheCurrentSession() async throws {
    let result = try await replay(
      "\(main) echo a\n%session second\na\n\(main)")
    #expect(result.mismatch?.line == 2, result.report)
  }

  @Test func endedSessionIsOpenedAnew() async throws {
    let world = ToyWorld()
    let result = try await replay(
      "%session x\n\(main) exit\n%session y\n\(main) echo a\na\n%session x\n\(main) exit",
      world: world)
    #expect(result.isMatch, result.report)
    #expect(await world.sessions == ["x -", "y -", "x -"])
  }

  @Test func startsFromAnotherTranscript() async throws {
    let folder = try Folder()
    try folder.write(
      "\(main) sethostname a.b\n\(main) commit\n...\n[]>\n...\na.b>", "a/one.transcript")
    try folder.write("---\nappliance: ../a/one.transcript\n---\na.b> exit", "b/two.transcript")
    let result = await folder.replay("b/two.transcript")
    #expect(result.isMatch, result.report)
    try folder.write("\(main) nothing\n\(main)", "a/one.transcript")
    let broken = await folder.replay("b/two.transcript")
    #expect(broken.trouble?.message.contains("does not match") == true, broken.report)
  }

  @Test func circleOfTranscriptsIsRefused() async throws {
    let folder = try Folder()
    try folder.write("---\nappliance: b.transcript\n---\n\(main)", "a.transcript")
    try folder.write("---\nappliance: a.transcript\n---\n\(main)", "b.transcript")
    let result = await folder.replay("a.transcript")
    #expect(result.trouble?.message.contains("start from each other") == true, result.report)
  }

  @Test func oneApplianceHasOneRelease() async throws {
    let folder = try Folder()
    try folder.write("---\nasyncos: \"16.0\"\n---\n\(main)", "a.transcript")
    try folder.write(
      "---\nappliance: a.transcript\nasyncos: \"11.0\"\n---\n\(main)", "b.transcript")
    let result = await folder.replay("b.transcript")
    #expect(result.trouble?.message.contains("asyncos differs") == true, result.report)
  }
}

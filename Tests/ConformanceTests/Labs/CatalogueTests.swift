import Foundation
import TestSupport
import Testing

/// Trainers write labs in a folder of their own, in one language if they like, and prove them.
@Suite(.serialized) struct CatalogueTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try write(
      """
      title: Our own name
      guide: [G2]
      minutes: 1
      checks:
        - name: The host name is ours
          committed: {object: system, value: hostName, is: mx.example.net}
          pass: It is.
          fail: "Seen: {observed}."
      hints: [Which command sets it?]
      explain: sethostname, then commit.
      mistake: {session: mistake.transcript, fails: [1]}

      """, "lab.yaml")
    try write("# Call it mx.example.net\n", "goal.md")
    try write(
      """
      ---
      title: Named and committed
      ---
      ...
      mail.example.com> sethostname mx.example.net
      ...
      mail.example.com> commit "our name"
      ...
      mx.example.net> exit

      """, "solution.transcript")
    try write(
      """
      ---
      title: Named only
      ---
      ...
      mail.example.com> sethostname mx.example.net
      ...
      mail.example.com> exit
      ...
      [N]> y

      """, "mistake.transcript")
    try FileManager.default.createDirectory(
      atPath: directory.path("labs/.git"), withIntermediateDirectories: false)
    try Data("notes".utf8).write(to: URL(filePath: directory.path("labs/README.md")))
  }

  private func write(_ text: String, _ name: String, of lab: String = "our-name") throws {
    let folder = directory.path("labs/\(lab)")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  private func lab(_ arguments: String..., catalogue: String = "labs") async throws
    -> OutsideProgram.Result
  {
    try await OutsideProgram.run(
      [try esashBinary, "lab"] + arguments + ["--labs", directory.path("mine")],
      with: ["ESASH_CATALOGUE": directory.path(catalogue), "LC_ALL": "ja_JP.UTF-8"])
  }

  @Test func onlyItsLabsAreListedAndTheyAreBegun() async throws {
    let list = try await lab("list")
    #expect(list.status == 0)
    #expect(list.output.contains(/^our-name +· +Our own name \(G2, 1 min\)\n$/), "\(list)")
    let start = try await lab("start", "our-name")
    #expect(start.status == 0 && start.output.hasPrefix("# Call it mx.example.net\n"), "\(start)")
    let check = try await lab("check")
    #expect(check.status == 1)
    #expect(check.output.contains("Seen: system hostName = mail.example.com."), "\(check)")
    #expect(try await lab("hint").output == "1/1 Which command sets it?\n")
  }

  @Test func aLabThatIsWhatItSaysIsProved() async throws {
    let proof = try await lab("prove")
    #expect(proof.status == 0)
    #expect(
      proof.output == """
        ✔ our-name: start fails
        ✔ our-name: solution passes
        ✔ our-name: mistake is told

        """)
  }

  @Test func whatIsNotAsItShouldBeIsTold() async throws {
    for session in ["solution", "mistake"] {
      let text = try directory.text("labs/our-name/\(session).transcript")
      try write(text.replacing("mx.example.net", with: "mx.example.org"), "\(session).transcript")
    }
    let proof = try await lab("prove", "our-name")
    #expect(proof.status == 1)
    #expect(
      proof.output == """
        ✔ our-name: start fails
        ✘ our-name: solution passes
          Check 1 does not hold: system hostName = mx.example.org
        ✔ our-name: mistake is told

        """)
  }

  @Test func aSessionThatShowsSomethingElseIsTold() async throws {
    let text = try directory.text("labs/our-name/solution.transcript")
    try write(text.replacing("> commit", with: "> clear"), "solution.transcript")
    let proof = try await lab("prove")
    #expect(proof.status == 1)
    #expect(
      proof.output.contains(
        "✘ our-name: solution passes\n\(directory.path)/labs/our-name/solution.transcript:9: The "),
      "\(proof)")
    #expect(proof.output.hasSuffix("✔ our-name: mistake is told\n"))
  }

  @Test(arguments: [
    ("nowhere", "", "There is no folder of a lab in "),
    ("labs", "half", "half/lab.yaml cannot be read."),
    ("labs", "exam-1", "exam-1 is the name of an exam; a lab is to be called otherwise."),
  ])
  func whatMakesNoSenseIsRefused(
    _ catalogue: String, _ folder: String, _ sentence: String
  ) async throws {
    if !folder.isEmpty { try write("", "goal.md", of: folder) }
    let list = try await lab("list", catalogue: catalogue)
    #expect(list.status == 2 && list.output.hasPrefix("esash: \(sentence)"), "\(list)")
  }

  @Test func aGoalThatIsMissingIsToldBeforeAnythingIsPlayed() async throws {
    try FileManager.default.removeItem(atPath: directory.path("labs/our-name/goal.md"))
    let proof = try await lab("prove")
    #expect(proof.status == 2)
    #expect(proof.output == "esash: our-name/goal.en.md cannot be read.\n")
  }
}

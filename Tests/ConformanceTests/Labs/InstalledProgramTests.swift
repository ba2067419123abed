import Foundation
import TestSupport
import Testing

/// The program runs where it was copied to, and finds the labs beside it.
@Suite struct InstalledProgramTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try FileManager.default.copyItem(atPath: try esashBinary, toPath: directory.path("esash"))
  }

  private func lab(_ program: String) async throws -> OutsideProgram.Result {
    try await OutsideProgram.run(
      [directory.path(program), "lab", "list"], with: ["ESASH_LABS": directory.path("labs")])
  }

  @Test func aProgramThatIsAloneSaysWhatIsMissing() async throws {
    let said = try await lab("esash")
    #expect(said.status == 2)
    #expect(
      said.output.hasPrefix("esash: The labs are not there: copy the folder esash_Labs.resources "),
      "\(said)")
  }

  @Test func labsAreFoundBesideTheProgramThatALinkLeadsTo() async throws {
    let built = URL(filePath: try esashBinary).deletingLastPathComponent()
    try FileManager.default.copyItem(
      atPath: built.appending(path: "esash_Labs.resources").path,
      toPath: directory.path("esash_Labs.resources"))
    try FileManager.default.createDirectory(
      atPath: directory.path("bin"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: directory.path("bin/esash"), withDestinationPath: "../esash")
    for program in ["esash", "bin/esash"] {
      let said = try await lab(program)
      #expect(said.status == 0 && said.output.contains("forgotten-commit"), "\(said)")
    }
  }
}

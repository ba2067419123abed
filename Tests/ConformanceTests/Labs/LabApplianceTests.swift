import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import esash

/// Commands beside a lab's shell find its appliance by the lab's name.
@Suite struct LabApplianceTests {
  @Test(arguments: [
    (["--lab", "never-begun"], "The lab never-begun was not begun: esash lab start never-begun"),
    (["--lab", "../labs"], "The lab ../labs was not begun: esash lab start ../labs"),
    (["--lab", "a", "--appliance", "b"], "Give --appliance or --lab, not both."),
  ])
  func whatIsRefused(_ arguments: [String], _ sentence: String) {
    let error = #expect(throws: (any Error).self) { try ApplianceOption.parse(arguments) }
    #expect(error.map { ApplianceOption.message(for: $0) } == sentence)
  }

  @Test func theAuthorityOfABegunLabIsFound() async throws {
    let directory = try TemporaryDirectory()
    func esash(_ arguments: String...) async throws -> OutsideProgram.Result {
      try await OutsideProgram.run(
        [try esashBinary] + arguments, with: ["ESASH_LABS": directory.path])
    }
    let begun = try await esash("lab", "start", "forgotten-commit")
    #expect(begun.output.contains("\(directory.path)/forgotten-commit/appliance/configuration"))
    let lists = try await esash("ca", "crl", "--lab", "forgotten-commit")
    #expect(lists.status == 0)
    #expect(lists.output.hasPrefix("-----BEGIN X509 CRL-----"))
  }
}

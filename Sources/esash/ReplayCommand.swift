import ArgumentParser
import Foundation
import SSHClient
import Transcripts

/// `esash replay`: plays transcripts against the real shell and compares.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Play transcripts against the shell and compare.",
    discussion: """
      Status: 0 all match, 1 one does not (with a difference), 2 one could not run. SIGINT, SIGTERM \
      and SIGHUP end it; nothing is left then.
      """)

  @Flag(name: .long, help: "Rewrite what differs.") var update = false
  @Flag(name: .long, help: "Let %sh run commands on this machine.") var allowSh = false
  @Option(name: .long, help: "How many files are played side by side.") var jobs = 1
  @Option(name: .long, help: "Write a JUnit report to this file.") var junit: String?
  @Flag(name: .long, help: "Also check that the files tell enough of what is shown.") var lint =
    false
  @OptionGroup var remote: SSHOptions
  @Argument(help: "Transcripts, or folders of them.") var paths: [String]

  func validate() throws {
    guard remote.ssh != nil else { return }
    // Only the shell itself knows for sure what is a prompt; and there is one appliance for all.
    if update { throw ValidationError("--update needs the shell of this program, not --ssh.") }
    if jobs != 1 {
      throw ValidationError("--jobs cannot be used with --ssh: all files share one appliance.")
    }
  }

  func run() async throws {
    var options = Replayer.Options()
    options.update = update
    options.isCI = ProcessInfo.processInfo.environment["CI"] != nil
    options.allowShell = allowSh
    options.jobs = jobs
    let report = await stoppedBySignals { [self, options] in await replay(options) }
    print(report.text, terminator: "")
    if let junit { try CommandFiles.write(Array(report.junit.utf8), to: junit) }
    if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    if lint { try lint(report) }
  }

  private func replay(_ options: Replayer.Options) async -> ReplayReport {
    guard let appliance = remote.appliance else {
      return await Replayer(options: options) { try ReplayBench() }.replay(paths)
    }
    let report = await Replayer(options: options) { RemoteBench(appliance) }.replay(paths)
    // Also when this task is cancelled.
    await Task { await appliance.close() }.value
    return report
  }

  private func lint(_ report: ReplayReport) throws {
    let findings = try report.results.flatMap { result in
      try Lint(facts: result.facts).findings(
        in: Transcript(
          data: Data(contentsOf: URL(fileURLWithPath: result.file)), file: result.file))
    }
    for finding in findings { print(finding) }
    if !findings.isEmpty { throw ExitCode(1) }
  }
}

import Foundation
import TestSupport
import Testing

/// The scripts that install packages leave nothing behind, whatever ends them, and no service that
/// starts.
///
/// They run in a tree of files of their own, with stand-ins for the programs that change a machine.
@Suite struct SetupTests {
  private let directory: TemporaryDirectory
  private let policy = "root/usr/sbin/policy-rc.d"

  init() throws {
    directory = try TemporaryDirectory()
    for folder in ["bin", "root/usr/sbin", "root/etc/init.d", "root/lib/systemd/system"] {
      try FileManager.default.createDirectory(
        atPath: directory.path(folder), withIntermediateDirectories: true)
    }
    try standIn("dpkg-query", "exit 1")
    try standIn("id", "echo 0")
    for name in ["systemctl", "update-rc.d"] {
      try standIn(name, "echo \(name) \"$@\" >> \"$SETUP_ROOT/disabled\"; exit 1")
    }
    try directory.write(Array("".utf8), to: "root/etc/init.d/old")
    try standIn("apt-get", "exit 0")
  }

  private func standIn(_ name: String, _ script: String) throws {
    try directory.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "bin/\(name)")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.path("bin/\(name)"))
  }

  private func setUp() async throws -> OutsideProgram.Result {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try await OutsideProgram.run(
      ["scripts/setup-tests"], in: repositoryRoot.path,
      with: ["SETUP_ROOT": directory.path("root"), "PATH": "\(directory.path("bin")):\(path)"])
  }

  @Test(arguments: [("HUP", 129), ("INT", 130), ("TERM", 143)] as [(String, Int32)])
  func aSignalLeavesNoPolicy(_ signal: String, _ status: Int32) async throws {
    try standIn(
      "apt-get",
      "cp \"$SETUP_ROOT/usr/sbin/policy-rc.d\" \"$SETUP_ROOT/seen\"; kill -\(signal) $PPID")
    let result = try await setUp()
    #expect(result.status == status, "\(result)")
    #expect(try directory.text("root/seen") == "#!/bin/sh\nexit 101\n")
    #expect(directory.mode(policy) == nil)
  }

  @Test func anotherPolicyStays() async throws {
    try directory.write(Array("another".utf8), to: policy)
    #expect(try await setUp().status == 0)
    #expect(try directory.text(policy) == "another")
  }

  @Test func newServicesDoNotStartAtTheNextBoot() async throws {
    try standIn(
      "apt-get",
      "cd \"$SETUP_ROOT\"; touch etc/init.d/slapd lib/systemd/system/postfix.service")
    let result = try await setUp()
    #expect(result.status == 0, "\(result)")
    #expect(
      try directory.text("root/disabled") == """
        systemctl disable postfix.service
        update-rc.d slapd disable
        systemctl disable slapd

        """)
  }

  @Test func withoutRightsTheScriptItselfIsNamed() async throws {
    try standIn("id", "echo 1000")
    let result = try await setUp()
    #expect(result.status == 2)
    #expect(result.output == "setup: please run: sudo scripts/setup-tests\n")
  }
}

import Configuration
import TestSupport
import Testing

@Suite struct LogRuleTests {
  private let factory: Configuration

  init() async throws { factory = try .factory(pool: await .shared) }

  private func verify(_ change: (inout [LogSubscription]) -> Void) throws {
    var configuration = factory
    change(&configuration.log.subscriptions)
    try configuration.verify()
  }

  @Test("The factory's logs are good, and so are none")
  func factoryLogs() throws {
    try verify { _ in }
    try verify { $0 = [] }
  }

  @Test("Names and files belong to one log each")
  func unique() {
    #expect(throws: ConfigurationError("There are two logs \"mail_logs\".")) {
      try verify { $0.append(LogSubscription(name: "mail_logs", type: .mail, file: "other")) }
    }
    #expect(throws: ConfigurationError("The file name \"mail\" belongs to two logs.")) {
      try verify { $0.append(LogSubscription(name: "other", type: .mail, file: "mail")) }
    }
  }

  @Test("A file's name never leaves the folder", arguments: ["../x", "a/b", ".x", "", "a b", "ä"])
  func names(_ file: String) {
    #expect(throws: ConfigurationError.self) { try verify { $0[0].file = file } }
  }

  @Test(
    "Limits have bounds", arguments: [(1024, 10), (1 << 30, 10), (10 << 20, 1), (10 << 20, 101)])
  func limits(_ size: Int, _ files: Int) {
    #expect(throws: ConfigurationError("The limits of the log \"mail_logs\" are impossible.")) {
      try verify {
        $0[2].rolloverSize = size
        $0[2].maximumFiles = files
      }
    }
  }
}

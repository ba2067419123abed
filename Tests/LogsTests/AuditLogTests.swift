import Logs
import Testing

@Suite("Lines of cli_logs and system_logs") struct AuditLogTests {
  @Test("An entry has the appliance's form")
  func entry() {
    #expect(
      AuditLog.entry(
        .text("certconfig"), prompt: "\nmail.example.com> ", user: "admin", process: 612)
        == #"PID 612: User admin entered 'certconfig'; prompt was '\nmail.example.com> '"#)
  }

  @Test("A secret is told, not shown")
  func secret() {
    #expect(
      AuditLog.entry(.secret, prompt: "Passphrase:", user: "admin", process: 1)
        == "PID 1: User admin entered '***'; prompt was 'Passphrase:'")
  }

  @Test("Nobody enters a line that reads like another one's end")
  func quotes() {
    #expect(
      AuditLog.entry(
        .text(#"x'; prompt was '\n"#), prompt: "a\r\nb", user: "admin", process: 1)
        == #"PID 1: User admin entered 'x\'; prompt was \'\\n'; prompt was 'a\nb'"#)
  }

  @Test("A commit is told with its comment")
  func commit() {
    #expect(
      AuditLog.commit(comment: "new certificate", user: "admin", process: 612)
        == "PID 612: User admin commit changes: new certificate")
  }
}

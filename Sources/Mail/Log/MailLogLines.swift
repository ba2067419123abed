/// The texts of mail_logs, to the byte; date and level are put before them by the log.
enum MailLogLines {
  typealias ICID = InjectionConnectionID
}

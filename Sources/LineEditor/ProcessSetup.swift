import Glibc

/// Sets what belongs to the whole process and not to a library; `main` calls it before all else.
///
/// - The character set of the user's locale, or C.UTF-8 where that is not UTF-8 (`LC_ALL=C`):
///   libedit measures and prints by it.
/// - umask 077: whatever the process creates is its owner's alone.
/// - SIGPIPE ignored: a reader that went away is an error of `write`, not the process's end.
/// - Room for 16,384 descriptors, if the hard limit allows it.
///
/// The Swift runtime reads `SWIFT_BACKTRACE` before `main`, so it cannot be set here. Whoever
/// starts esash on a terminal without a person (a server, a test) passes
/// `SWIFT_BACKTRACE=interactive=no`, or a crash waits for a key.
public func prepareProcess() {
  if setlocale(LC_CTYPE, "") == nil || !charactersAreUTF8 {
    setlocale(LC_CTYPE, "C.UTF-8")
  }
  umask(0o077)
  signal(SIGPIPE, SIG_IGN)
  raiseDescriptorLimit(to: 16_384)
}

/// Makes room for as many connections as listeners may be told to bear; the usual soft limit of
/// 1,024 is less than that.
private func raiseDescriptorLimit(to wanted: rlim_t) {
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
  limit.rlim_cur = max(limit.rlim_cur, min(wanted, limit.rlim_max))
  setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

private var charactersAreUTF8: Bool {
  guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
  return String(cString: name) == "UTF-8"
}

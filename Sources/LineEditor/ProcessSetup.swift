import Glibc

/// Sets what belongs to the whole process and not to a library; `main` calls it before all else.
///
/// - The character set of the user's locale, or C.UTF-8 where that is not UTF-8 (`LC_ALL=C`):
///   libedit measures and prints by it.
/// - umask 077: whatever the process creates is its owner's alone.
/// - SIGPIPE ignored: a reader that went away is an error of `write`, not the process's end.
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
}

private var charactersAreUTF8: Bool {
  guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
  return String(cString: name) == "UTF-8"
}

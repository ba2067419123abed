import Foundation

/// An appliance that is measured, and what is done to it.
struct BenchAppliance {
  let esash: String
  /// Its directory.
  let path: String

  /// Bytes of the configuration's database, with what its write-ahead log holds moved into it.
  func storeSize() throws -> Int {
    let file = "\(path)/esash.sqlite"
    try timeOf("/usr/bin/sqlite3", [file, "PRAGMA wal_checkpoint(TRUNCATE)"])
    return try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
  }

  /// Milliseconds of processor time of the check of the database that each opening makes.
  func timeToCheck() throws -> Double {
    let count = 20
    func run(_ statement: String) throws -> Double {
      let before = processorTime(of: RUSAGE_CHILDREN)
      try timeOf(
        "/usr/bin/sqlite3",
        ["\(path)/esash.sqlite"] + Array(repeating: statement, count: count))
      return processorTime(of: RUSAGE_CHILDREN) - before
    }
    let empty = try run("SELECT 1")
    return max(0, try run("PRAGMA quick_check(1)") - empty) / Double(count) * 1000
  }

  /// Begins a session over pipes, and waits for its prompt.
  func session() throws -> PipeSession {
    let session = try PipeSession(esash, ["shell", "--appliance", path])
    try session.wait(for: "> ")
    return session
  }

  /// Milliseconds from the start of a shell on a pseudo terminal to its first prompt.
  func timeToPrompt() throws -> Double {
    try Terminal.timeToPrompt(esash, ["shell", "--appliance", path], prompt: "> ")
  }

  /// Saves the configuration, changes the file, loads it and commits it.
  func rewrite(_ change: (String) throws -> String) throws {
    let session = try session()
    try session.ask("saveconfig y 2", until: "Configuration saved.")
    try session.wait(for: "> ")
    let files = "\(path)/configuration"
    guard let saved = try FileManager.default.contentsOfDirectory(atPath: files).first,
      let text = try? String(contentsOfFile: "\(files)/\(saved)", encoding: .isoLatin1)
    else { throw Failure("no saved configuration") }
    try change(text).write(toFile: "\(files)/many.xml", atomically: true, encoding: .isoLatin1)
    for line in ["loadconfig", "2", "many.xml"] { try session.ask(line, until: "> ") }
    try session.commit()
    try session.leave()
  }
}

extension PipeSession {
  /// Commits what is pending.
  ///
  /// - Returns: milliseconds until it is told as committed.
  @discardableResult
  func commit() throws -> Double {
    let taken = try ask("commit x", until: "Changes committed")
    try wait(for: "> ")
    return taken
  }

  /// Changes one object and commits it.
  ///
  /// - Parameter number: another one each time.
  /// - Returns: milliseconds of the commit.
  @discardableResult
  func commitHostName(_ number: Int) throws -> Double {
    try ask("sethostname host\(number).example.com", until: "> ")
    return try commit()
  }

  /// Ends the session.
  func leave() throws { try ask("exit", until: "") }
}

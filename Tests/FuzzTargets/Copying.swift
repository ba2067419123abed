import ConfigurationStore
import Foundation
import RemoteAccess
import TestSupport

extension FuzzTarget {
  /// Both ends of `scp`: a command line up to the first line end, then what the other end sends.
  ///
  /// However the bytes come, the answers and the files are the same. Files come to the folder alone,
  /// by names that may be, and are not large.
  static let scp = FuzzTarget("scp") { bytes in
    let line = bytes.prefix { $0 != 10 }
    guard let command = CopyCommand(line.text) else { return }
    let rest = FuzzInput(Array(bytes.dropFirst(line.count + 1)))
    let whole = try Copy(command, [rest.rest])
    let crumbs = try Copy(command, rest.crumbs)
    try require(whole == crumbs, "however bytes come, the copy is the same")
    try require(
      whole.files.keys.allSatisfy(PrivateFolder.isName), "a file has a name that may be",
      "\(whole.files.keys)")
  }
}

/// What came of a copy.
private struct Copy: Equatable {
  var answers: [UInt8]
  var status: Int32?
  var files: [String: [UInt8]] = [:]

  init(_ command: CopyCommand, _ pieces: [ArraySlice<UInt8>]) throws {
    let directory = try TemporaryDirectory()
    let files = PrivateFolder(path: directory.path("configuration"))
    try FileManager.default.createDirectory(
      atPath: files.path, withIntermediateDirectories: false)
    try directory.write(Array("one".utf8), to: "configuration/a.pem")
    try directory.write(Array("two\0".utf8), to: "configuration/b.pem")
    try directory.write(Array("out of reach".utf8), to: "secret")
    var machine = command.machine(in: files)
    answers = machine.begin()
    for piece in pieces { answers += machine.take(Array(piece)) }
    answers += machine.end()
    status = machine.status
    try require(status == 0 || status == 1, "a copy that ended has a status", "\(status ?? -1)")
    let found = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    try require(
      Set(found) == ["configuration", "secret"]
        && directory.text("secret") == "out of reach", "nothing outside the folder is touched")
    try require(!answers.text.contains("out of reach"), "nothing outside the folder is read")
    for name in files.names { self.files[name] = try directory.read("configuration/\(name)") }
  }
}

import Foundation
import Testing
import TestSupport

@testable import ConfigurationStore

@Suite("A private folder")
struct PrivateFolderTests {
  let directory: TemporaryDirectory
  var files: PrivateFolder { PrivateFolder(path: directory.path) }

  init() throws { directory = try TemporaryDirectory() }

  @Test("what is written is read again, is its owner's alone, and leaves nothing beside it")
  func writeAndRead() throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try files.write(bytes, to: "a.p12")
    #expect(try files.read("a.p12") == bytes)
    #expect(directory.mode("a.p12") == 0o600)
    try files.write([], to: "a.p12")
    #expect(try files.read("a.p12") == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.p12"])
  }

  @Test("a file that others could read is its owner's alone after it is written")
  func modeIsMended() throws {
    try directory.write([1], to: "a")
    chmod(directory.path("a"), 0o644)
    try files.write([2], to: "a")
    #expect(directory.mode("a") == 0o600)
  }

  @Test(
    "a name with a path, a symbol, a blank or nothing in it is no name",
    arguments: [
      "", ".", "..", "../secret.key", "/etc/passwd", "a/b", "a\\b", ".hidden", "a b", "a*", "a?",
      "ä.pem", "a\nb", "a\0b", "a;b", "$a", "a:b", "~", "~/a", "a\u{301}", "😀", "%41",
      String(repeating: "a", count: 201),
    ])
  func badNames(_ name: String) throws {
    #expect(!PrivateFolder.isName(name))
    let refusal = StoreError("Symbols are not allowed in the file name.")
    #expect(throws: refusal) { try files.read(name) }
    #expect(throws: refusal) { try files.write([1], to: name) }
    #expect(files.names == [])
  }

  @Test(
    "letters, digits, dots, underscores and hyphens make a name",
    arguments: ["a", "A-1_b.p12", "C100V-564D-20261124T180012.xml", "-a", "_", "a..b", "0"])
  func goodNames(_ name: String) throws {
    try files.write([1], to: name)
    #expect(try files.read(name) == [1])
    #expect(files.names == [name])
  }

  @Test("the longest name can be written too")
  func longestName() throws {
    try files.write([1], to: String(repeating: "a", count: 200))
    #expect(files.names.count == 1)
  }

  @Test("a missing file is refused with the sentence")
  func missing() {
    #expect(throws: StoreError("Error: the file \"a.p12\" does not exist.")) {
      try files.read("a.p12")
    }
  }

  @Test("a symbolic link is not followed, neither to read nor to write")
  func symbolicLink() throws {
    try directory.write([7], to: "target")
    symlink(directory.path("target"), directory.path("link"))
    #expect(throws: StoreError("Error: \"link\" is not a file.")) { try files.read("link") }
    try files.write([8], to: "link")
    #expect(try directory.read("target") == [7])
    #expect(try files.read("link") == [8])
  }

  @Test("a FIFO, a folder and a socket are refused at once", .timeLimit(.minutes(10)))
  func noFiles() throws {
    mkfifo(directory.path("fifo"), 0o600)
    mkdir(directory.path("folder"), 0o700)
    try bindSocket(at: directory.path("socket"))
    for name in ["fifo", "folder", "socket"] {
      #expect(throws: StoreError("Error: \"\(name)\" is not a file.")) { try files.read(name) }
    }
    #expect(throws: StoreError("Error: the file \"folder\" cannot be written: Is a directory.")) {
      try files.write([1], to: "folder")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
        "fifo", "folder", "socket",
      ])
  }

  @Test("a file larger than 64 MB is refused without reading it")
  func tooLarge() throws {
    try files.write([1], to: "big")
    truncate(directory.path("big"), off_t(PrivateFolder.sizeLimit) + 1)
    #expect(throws: StoreError("Error: the file \"big\" is larger than 64 MB.")) {
      try files.read("big")
    }
  }

  @Test("a folder that is gone is one sentence")
  func noFolder() {
    let files = PrivateFolder(path: directory.path("gone"))
    #expect(
      throws: StoreError("Error: the file \"a\" cannot be written: No such file or directory.")
    ) {
      try files.write([1], to: "a")
    }
    #expect(files.names == [])
  }

  @Test("writers of one name at the same time leave one whole file")
  func concurrentWriters() async throws {
    let files = files
    try await withThrowingTaskGroup { group in
      for writer in 0..<16 {
        group.addTask {
          try files.write([UInt8](repeating: UInt8(writer), count: 50_000 + writer), to: "a")
        }
      }
      try await group.waitForAll()
    }
    let bytes = try files.read("a")
    let first = try #require(bytes.first)
    #expect(bytes == [UInt8](repeating: first, count: 50_000 + Int(first)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a"])
  }

  @Test("names are sorted, and hidden files are not shown")
  func names() throws {
    for name in ["b", "a", ".c"] { try directory.write([1], to: name) }
    #expect(files.names == ["a", "b"])
  }

  private func bindSocket(at path: String) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
  }
}

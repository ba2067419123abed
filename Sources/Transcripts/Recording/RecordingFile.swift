import Foundation

/// The file of a recording and those of its secret pastes: new ones, mode 0600.
struct RecordingFile {
  private let url: URL
  private let handle: FileHandle

  init(_ url: URL) throws(TranscriptError) {
    self.url = url
    handle = try RecordingFile.create(url)
  }

  func append(_ text: String) throws {
    try handle.write(contentsOf: Data(text.utf8))
  }

  /// Writes pasted lines beside the transcript and returns the file's name.
  func writePaste(_ lines: [String], number: Int) throws -> String {
    let name = url.lastPathComponent.replacing(/\.transcript$/, with: "") + ".paste\(number)"
    let handle = try RecordingFile.create(url.deletingLastPathComponent().appending(path: name))
    try handle.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    try handle.close()
    return name
  }

  private static func create(_ url: URL) throws(TranscriptError) -> FileHandle {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "exists already" : String(cString: strerror(errno))
      throw TranscriptError(file: url.path, "The recording cannot be written: \(reason).")
    }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}

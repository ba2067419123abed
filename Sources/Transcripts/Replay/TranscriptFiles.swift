import Foundation

/// Transcripts on disk: what a path means, what a file starts from, how it is rewritten.
enum TranscriptFiles {
  /// A file that is to be played, by the name that the user sees.
  struct Found: Sendable {
    var name: String
    /// Why there is nothing to play under this name.
    var complaint: String?
  }

  /// A transcript that was read, with the place that its paths are meant from.
  struct Loaded: Sendable {
    var transcript: Transcript
    var url: URL

    var folder: URL { url.deletingLastPathComponent() }

    /// Writes the transcript with other lines, mode kept; false when they are the same.
    func rewrite(with lines: [TranscriptLine]) throws(TranscriptError) -> Bool {
      guard lines.map(\.raw) != transcript.lines.map(\.raw) else { return false }
      var updated = transcript
      updated.lines = lines
      do {
        let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
        try Data(updated.text.utf8).write(to: url, options: .atomic)
        if let mode {
          try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        }
      } catch {
        throw TranscriptError(file: transcript.file, "The file cannot be rewritten.")
      }
      return true
    }
  }

  /// The file, or all `.transcript` files below a folder, sorted by path.
  static func expand(_ path: String) -> [Found] {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return [Found(name: path, complaint: "There is no such file or folder.")]
    }
    guard isFolder.boolValue else { return [Found(name: path)] }
    let below = FileManager.default.subpaths(atPath: path) ?? []
    let base = path.hasSuffix("/") ? path : path + "/"
    let files = below.filter { $0.hasSuffix(".transcript") }.sorted().map { Found(name: base + $0) }
    return files.isEmpty
      ? [Found(name: path, complaint: "The folder holds no .transcript file.")] : files
  }

  /// The transcript, and before it those from whose end state it starts.
  static func chain(to file: Found) throws(TranscriptError) -> [Loaded] {
    let target = try load(file.name)
    var chain = [target]
    var seen: Set<String> = [target.url.standardizedFileURL.path]
    while case .transcript(let path) = chain[0].transcript.header.appliance {
      let first = chain[0]
      let url = first.folder.appendingPathComponent(path).standardizedFileURL
      guard seen.insert(url.path).inserted, chain.count < Limits.chain else {
        throw TranscriptError(
          file: target.transcript.file,
          "It starts from transcripts that start from each other, or from more than \(Limits.chain)."
        )
      }
      let base = (first.transcript.file as NSString).deletingLastPathComponent
      chain.insert(try load((base as NSString).appendingPathComponent(path)), at: 0)
    }
    try checkReleases(chain)
    return chain
  }

  /// One appliance has one release.
  private static func checkReleases(_ chain: [Loaded]) throws(TranscriptError) {
    let first = chain[0].transcript.header.asyncos
    for link in chain.dropFirst() {
      let release = link.transcript.header.asyncos
      guard release == nil || release == first else {
        throw TranscriptError(
          file: link.transcript.file,
          "Its asyncos differs from that of the transcript it starts from.")
      }
    }
  }

  private static func load(_ name: String) throws(TranscriptError) -> Loaded {
    let url = URL(fileURLWithPath: name)
    let data = try contents(of: url, named: name, limit: Limits.file, from: name, line: nil)
    return Loaded(transcript: try Transcript(data: data, file: name), url: url)
  }

  /// A file's bytes; errors stand at `line` of the transcript `file`.
  static func contents(
    of url: URL, named name: String, limit: Int, from file: String, line: Int?
  ) throws(TranscriptError) -> Data {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: url.resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw TranscriptError(file: file, line: line, "There is no file \(name).")
    }
    guard let size = attributes?[.size] as? Int, size <= limit else {
      throw TranscriptError(
        file: file, line: line, "The file \(name) is larger than \(limit >> 20) MiB.")
    }
    do {
      return try Data(contentsOf: url)
    } catch {
      throw TranscriptError(file: file, line: line, "The file \(name) cannot be read.")
    }
  }
}

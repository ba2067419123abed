package import ConfigurationStore

/// The command line with which `scp` starts its other half: `scp -t PATH` takes, `scp -f PATH` gives.
///
/// Source: OpenSSH's scp.c; the protocol has no specification.
package struct CopyCommand: Equatable {
  /// Which way the bytes go.
  enum Direction { case upload, download }

  /// Which way the bytes go.
  let direction: Direction
  /// The path on the appliance, as it was written.
  let path: String
  /// Whether the client demands a folder there (`-d`).
  let wantsFolder: Bool
  /// Whether folders are to be copied (`-r`), which there are none of.
  let isRecursive: Bool

  /// Reads a command line; nil when it is none of `scp`'s.
  package init?(_ line: String) {
    guard line.hasPrefix("scp "), let words = ShellWords.split(line), words.first == "scp" else {
      return nil
    }
    var direction: Direction?
    var (wantsFolder, isRecursive) = (false, false)
    var rest = words.dropFirst()
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      if word == "--" { break }
      for flag in word.dropFirst() {
        switch flag {
        case "t": direction = .upload
        case "f": direction = .download
        case "d": wantsFolder = true
        case "r": isRecursive = true
        // More words, and the times of files, change nothing here.
        case "v", "p", "q": break
        default: return nil
        }
      }
    }
    guard let direction, rest.count == 1, let path = rest.first else { return nil }
    self.direction = direction
    self.path = path
    self.wantsFolder = wantsFolder
    self.isRecursive = isRecursive
  }
}

extension CopyCommand {
  /// The end of the protocol that the command asks for.
  ///
  /// - Parameter files: the only folder that can be reached.
  package func machine(in files: PrivateFolder) -> any CopyMachine {
    switch direction {
    case .upload: CopyReceiver(self, in: files)
    case .download: CopySender(self, in: files)
    }
  }
}

/// What a path names: the folder `configuration`, or a file in it.
///
/// There is nothing else to reach.
enum CopyTarget: Equatable {
  case folder
  case file(String)

  /// Reads a path: `/configuration/NAME`, `configuration/NAME`, or the name alone.
  ///
  /// - Returns: nil for a path that leads out of the folder, or into another one.
  init?(_ path: String) {
    var parts = path.split(separator: "/").filter { $0 != "." }
    if parts.first == "configuration" { parts.removeFirst() }
    switch parts.count {
    case 0: self = .folder
    case 1 where parts[0] != "..": self = .file(String(parts[0]))
    default: return nil
    }
  }
}

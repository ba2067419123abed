import RemoteAccess
import Shell

extension FuzzTarget {
  /// Command lines, as the prompt and as `scp`'s other half read them.
  ///
  /// Words that were read, put between quotes, are read alike.
  static let commandLine = FuzzTarget("command-line") { bytes in
    let line = bytes.text
    if let commands = try? CommandLine(line).commands {
      try require(commands.allSatisfy { !$0.isEmpty }, "no command is empty")
      let written = commands.map { $0.map(quoted).joined(separator: " ") }.joined(separator: ";")
      try require(
        try CommandLine(written).commands == commands, "words are read as they are written", written
      )
    }
    _ = CopyCommand(line)
    _ = CopyCommand("scp -t " + line)
  }

  private static func quoted(_ word: String) -> String {
    var text = "\""
    // Scalars: a quote may have a combining mark behind it.
    for scalar in word.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { text.append("\\") }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}

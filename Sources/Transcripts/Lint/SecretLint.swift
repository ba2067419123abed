/// Looks for secrets in sight: private keys, and lines that hold what a `%secret` types.
struct SecretLint {
  private let transcript: Transcript

  init(_ transcript: Transcript) {
    self.transcript = transcript
  }

  func findings() -> [Lint.Finding] {
    let secrets = self.secrets
    return transcript.lines.compactMap { line in
      guard let text = line.text else { return nil }
      if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") {
        return finding(line, "A private key stands in sight; use %paste with a file.")
      }
      guard let secret = secrets.first(where: { holds(text, $0.text) }) else { return nil }
      return finding(line, "The secret of line \(secret.line) stands in sight.")
    }
  }

  /// A secret of one to three characters is found anywhere by chance.
  private var secrets: [(text: String, line: Int)] {
    transcript.lines.compactMap { line in
      guard case .secret(let text)? = line.directive, text.utf8.count >= 4,
        text != TranscriptWriter.redaction
      else { return nil }
      return (text, line.number)
    }
  }

  /// Whether the secret stands there as a word of its own.
  private func holds(_ text: String, _ secret: String) -> Bool {
    text.ranges(of: secret).contains { range in
      !isWordCharacter(text[..<range.lowerBound].last)
        && !isWordCharacter(text[range.upperBound...].first)
    }
  }

  private func isWordCharacter(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber } ?? false
  }

  private func finding(_ line: TranscriptLine, _ message: String) -> Lint.Finding {
    Lint.Finding(file: transcript.file, line: line.number, message: message)
  }
}

import PKI

extension FuzzTarget {
  /// What lets people in, as text: public keys for SSH, written hashes, written secrets.
  ///
  /// What was read is written as a text that is read alike. No secret shows itself.
  static let credentials = FuzzTarget("credentials") { bytes in
    let text = bytes.text
    if let key = try? SSHPublicKey(text) {
      try require(key.line.isHarmless, "a key's line moves no cursor", key.line)
      let again = try SSHPublicKey(key.line)
      try require(
        again.blob == key.blob && again.fingerprint == key.fingerprint && again.bits == key.bits,
        "a key is read as it is written", key.line)
    }
    if let hash = try? PasswordHash(text) {
      try require(try PasswordHash(hash.text) == hash, "a hash is read as it is written", hash.text)
    }
    if let secret = try? SecretCoding.plain.open(text) {
      for coding in [SecretCoding.plain, .obfuscated] {
        try require(
          try coding.open(coding.seal(secret)) == secret, "a secret is read as it is written")
      }
      try require("\(Secret(bytes: secret))" == "***", "a secret does not show itself")
    }
  }
}

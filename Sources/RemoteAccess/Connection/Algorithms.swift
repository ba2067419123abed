import CLibSSH

/// What the server offers: today's algorithms, and on demand those of old clients.
///
/// Compression is never among them.
enum Algorithms {
  private static let keyExchange = [
    "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512",
    "diffie-hellman-group14-sha256",
  ]
  private static let hostKeys = [
    "ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256",
  ]
  private static let userKeys = [
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "rsa-sha2-512", "rsa-sha2-256",
  ]
  private static let ciphers = [
    "chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com",
    "aes256-ctr", "aes192-ctr", "aes128-ctr",
  ]
  private static let macs = [
    "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256",
    "hmac-sha2-512",
  ]

  /// The lists, by libssh's names for them.
  ///
  /// - Parameter legacy: whether SHA-1 and CBC are offered too, behind all others.
  static func lists(legacy: Bool) -> [(ssh_bind_options_e, String)] {
    func list(_ names: [String], _ old: [String]) -> String {
      (legacy ? names + old : names).joined(separator: ",")
    }
    let cipherList = list(ciphers, ["aes256-cbc", "aes128-cbc"])
    let macList = list(macs, ["hmac-sha1"])
    return [
      (SSH_BIND_OPTIONS_KEY_EXCHANGE, list(keyExchange, ["diffie-hellman-group14-sha1"])),
      (SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, list(hostKeys, ["ssh-rsa"])),
      (SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, list(userKeys, ["ssh-rsa"])),
      (SSH_BIND_OPTIONS_CIPHERS_C_S, cipherList), (SSH_BIND_OPTIONS_CIPHERS_S_C, cipherList),
      (SSH_BIND_OPTIONS_HMAC_C_S, macList), (SSH_BIND_OPTIONS_HMAC_S_C, macList),
    ]
  }
}

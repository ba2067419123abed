import PKI
import Testing

@Suite struct SSHPublicKeyTests {
  /// Keys that ssh-keygen made, with what `ssh-keygen -l` says of them.
  private static let known: [(line: String, bits: Int, fingerprint: String)] = [
    (rsa, 2048, "SHA256:FZCYF2I6htWXW5oK0jM2S6m/lqfeB8aoRmu0hrqnvbY"),
    (p256, 256, "SHA256:8bmU16ZwEei75UKNgSeDthu/wJQMZ8ztsR/FoOFYvGQ"),
    (p521, 521, "SHA256:8KqNVIFF71vAPS0OuxvgnpihOSD+a8CFHTgAlU0MYIc"),
    (ed25519, 256, "SHA256:mQYbN7Xop+kEKVeZ6aTzQ1PtgIRJsuzTXe3u2mm7qBM"),
  ]

  @Test("Length and fingerprint are those that OpenSSH tells", arguments: known.indices)
  func facts(_ index: Int) throws {
    let (line, bits, fingerprint) = Self.known[index]
    let key = try SSHPublicKey(line)
    #expect(key.bits == bits)
    #expect(key.fingerprint == fingerprint)
    #expect(key.comment == "joe@example.com")
    #expect(key.line == line)
    #expect(try SSHPublicKey(key.line) == key)
  }

  @Test("A terminal may break a key, and RFC 4716 has a form of several lines")
  func forms() throws {
    let key = try SSHPublicKey(Self.ed25519)
    let middle = Self.ed25519.index(Self.ed25519.startIndex, offsetBy: 40)
    #expect(try SSHPublicKey("\(Self.ed25519[..<middle])\n\(Self.ed25519[middle...])\n") == key)
    let long = try SSHPublicKey(
      """
      ---- BEGIN SSH2 PUBLIC KEY ----
      Comment: "a key of \\
      several lines"
      x-command: nothing
      AAAAC3NzaC1lZDI1NTE5AAAAIDWCfzyismuPEmeywMB9
      jFIHS2FUTNjNktGVKXHwcpjl
      ---- END SSH2 PUBLIC KEY ----
      """)
    #expect(long.blob == key.blob)
    #expect(long.comment == "a key of ")
  }

  @Test("A comment cannot act on a terminal")
  func comment() throws {
    let base64 = Self.ed25519.split(separator: " ")[1]
    let key = try SSHPublicKey("ssh-ed25519 \(base64) \u{1B}[2J")
    #expect(key.comment == "\\1b[2J")
  }

  @Test(
    "What is no key, or too weak, is refused with a sentence",
    arguments: [
      ("", "This is not an SSH public key."), ("ssh-ed25519", "This is not an SSH public key."),
      ("ssh-ed25519 AAAA", "This is not an SSH public key."),
      ("ssh-ed25519 !!!!", "This is not an SSH public key."),
      (ed25519.replacing("ssh-ed25519", with: "ssh-rsa"), "This is not an SSH public key."),
      (ed25519.replacing("cpjl", with: "cpjlAAAA"), "This is not an SSH public key."),
      (ed25519.replacing("cpjl", with: "cg=="), "This is not an SSH public key."),
      ("ssh-dss AAAAB3NzaC1kc3MAAAAA", "The algorithm ssh-dss is not accepted"),
      ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", "This is not an SSH public key."),
      (weak, "An RSA key must have at least 2048 bits."),
    ])
  func refused(_ text: String, _ sentence: String) {
    let error = #expect(throws: PKIError.self) { try SSHPublicKey(text) }
    #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
  }

  static let rsa =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCPk2kANAlJoZOAFFU+z0/grg+Os4M0XQkNRwXXLzUT"
    + "HiT3bcGzCiKe3+YweuvH8zOUfX7KEhL6GztDKCOY+sXmko2P1uhKeF7dZ23Nkm0ALMUmd19ik6vv1y6x"
    + "nBh8c/eMgrXvkD2WNn9+4pGWQuQ5ovpB3ZwOCxw2B3Sh2ikD/NTvSYIYaOOTl0nQ6R8CPvoKL1JpjZMW"
    + "d3a61vwM6o89/VitzaKUV4lT94pJOV7UU4UwKo5hmq1wFNqdw4nOSN2m2rAyZlAKWjZEiJ/m7JM+5Oew"
    + "HU+ltgCjpjKxIZfZbDU+Tm8nD5a1PEnKx1rOBmdyHQkkejEgR7L9EFwj23Bv joe@example.com"
  static let p256 =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPcXnf63"
    + "7BWY1uB5ovm7LwFjw/nXrEala5ZKXd/tgZcCDkxn+8LXjWzV1J/30H8F/scIDDrBghuJCpyWckqrE5E="
    + " joe@example.com"
  static let p521 =
    "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAHZdrLz"
    + "J7Po8Q3JfuQXNbmbhxEFbqP97Epq6ODegZJ8rh+vIexmaUAIEtLjRzQ+4c9H7Yxm4YiAXnZB4QQxXVcs"
    + "FAGKTSpbf+sD64QggdwydNyVj1l3UJFe27bSBdb2BTwdJXwbHxkTWMSbMuv9iQkECA+s8TILj+mRvs67"
    + "N3YTNuMJRA== joe@example.com"
  static let ed25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDWCfzyismuPEmeywMB9jFIHS2FUTNjNktGVKXHwcpjl"
    + " joe@example.com"
  static let weak =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDlcZyhwy1Vbf/gYm5jVEbFlYutQ+xykckR46v33vFK"
    + "f2pZcTXgmuhmxcgr7j4s4WwLj33N582mPcby25mApHDXvgGPyjuu8nDQTDuKOfivyyzOOcUWBaNYCprh"
    + "EwpAHhrkkKlMiVWChcTye8MeNup8AQBJtR4YnvAjYSWoEmV4mQ== joe@example.com"
}

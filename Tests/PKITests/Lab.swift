import Foundation
import PKI
import Testing

/// Two authorities and what they issued, made once by the `openssl` command:
/// root → upper → lower → leaf, and a root of others.
struct Lab: Sendable {
  static let shared: Result<Lab, any Error> = Result {
    // A static value is never released, so that its folder is removed at the end of the process.
    atexit { removeSharedLab() }
    return try Lab()
  }

  let folder: Folder
  let root: Certificate
  let upper: Certificate
  let lower: Certificate
  let leaf: Certificate
  let leafKey: PrivateKey
  let otherRoot: Certificate
  /// A moment at which all of them are valid.
  let today: Date
  /// A moment at which the lower intermediate alone has expired.
  let inTwentyDays: Date

  private init() throws {
    folder = try Folder()
    try folder.write(Self.configuration, to: "ca.cnf")
    let curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config ca.cnf"
    let authority = "req -x509 \(curve) -extensions ca -days"
    try folder.openssl(
      "\(authority) 3650 -subj {} -keyout root.key -out root.pem", "/O=Lab/CN=Lab Root")
    try folder.openssl(
      "\(authority) 3650 -subj {} -keyout other.key -out other.pem", "/O=Others/CN=Other Root")
    try folder.openssl(
      "\(authority) 1000 -CA root.pem -CAkey root.key -subj {} -keyout upper.key -out upper.pem",
      "/O=Lab/CN=Lab Upper CA")
    try folder.openssl(
      "\(authority) 10 -CA upper.pem -CAkey upper.key -subj {} -keyout lower.key -out lower.pem",
      "/O=Lab/CN=Lab Lower CA")
    try folder.openssl(
      """
      req -x509 -newkey rsa:2048 -nodes -config ca.cnf -extensions leaf -days 365 -CA lower.pem \
      -CAkey lower.key -subj {} -keyout leaf.key -out leaf.pem
      """, "/C=US/ST=Ohio/L=Columbus/O=Example/OU=Mail/CN=mail.example.com")
    root = try Certificate(pem: folder.text("root.pem"))
    upper = try Certificate(pem: folder.text("upper.pem"))
    lower = try Certificate(pem: folder.text("lower.pem"))
    leaf = try Certificate(pem: folder.text("leaf.pem"))
    leafKey = try PrivateKey(pem: folder.text("leaf.key"))
    otherRoot = try Certificate(pem: folder.text("other.pem"))
    today = leaf.notBefore.addingTimeInterval(3600)
    inTwentyDays = leaf.notBefore.addingTimeInterval(20 * 86_400)
  }

  static let configuration = """
    [req]
    distinguished_name = dn
    [dn]
    [ca]
    basicConstraints = critical, CA:TRUE
    keyUsage = critical, keyCertSign, cRLSign
    subjectKeyIdentifier = hash
    [leaf]
    basicConstraints = CA:FALSE
    extendedKeyUsage = serverAuth
    subjectAltName = DNS:mail.example.com, DNS:*.mx.example.com, email:post@example.com, IP:10.0.0.1, IP:fd00::1
    [server]
    extendedKeyUsage = serverAuth
    [client]
    extendedKeyUsage = clientAuth

    """
}

private func removeSharedLab() {
  (try? Lab.shared.get())?.folder.remove()
}

/// What `openssl` shows of a PEM file, parsed from `name=value` lines.
extension Folder {
  func x509(_ options: String, of name: String) throws -> String {
    try openssl("x509 -noout \(options) -in \(name)").trimmingCharacters(
      in: .whitespacesAndNewlines)
  }
}

import Files
public import Foundation
public import PKI

extension AuthorityFolder {
  /// Revokes a certificate and writes the lists anew.
  ///
  /// - Throws: `PeerError` for a certificate of another authority or one that is revoked already,
  ///   and `FileError` when a file cannot be written.
  @concurrent
  public func revoke(_ certificate: Certificate, by authority: Authority, at now: Date)
    async throws
  {
    let revocation = try authority.revocation(of: certificate, at: now)
    let isKnown = try revocations().contains {
      $0.intermediate == revocation.intermediate
        && $0.entry.serialNumber == revocation.entry.serialNumber
    }
    if isKnown { throw PeerError("The certificate of \(certificate.subject) is revoked already.") }
    try append(revocation.line)
    try writeLists(of: authority, at: now)
  }

  /// Writes `crl.pem` anew, with what has been revoked so far.
  ///
  /// - Returns: the lists in PEM, in the order of `Authority.ListIssuer`.
  /// - Throws: `PeerError` when the list of what was revoked cannot be understood, `FileError` when
  ///   a file cannot be written.
  @concurrent @discardableResult
  public func renewLists(of authority: Authority, at now: Date) async throws -> [String] {
    try writeLists(of: authority, at: now)
  }

  /// What has been revoked so far.
  ///
  /// - Throws: `PeerError` when the list cannot be understood.
  public func revocations() throws -> [Revocation] {
    let lines = (PrivateFile.text(of: "\(path)/revoked") ?? "").split(separator: "\n")
    return try lines.map(Revocation.init(line:))
  }

  @discardableResult
  func writeLists(of authority: Authority, at now: Date) throws -> [String] {
    let lists = try authority.revocationLists(revocations(), at: now)
    try PrivateFile.write(lists.joined(), to: revocationFile)
    return lists
  }

  /// Adds a line to `revoked` in one write, so that two processes do not mix theirs.
  private func append(_ line: String) throws {
    let descriptor = Glibc.open(
      "\(path)/revoked", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw PeerError("The file \(path)/revoked cannot be written.")
    }
    try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      .write(contentsOf: Data("\(line)\n".utf8))
  }
}

extension Revocation {
  /// Its line in `revoked`: issuer, serial number, seconds since 1970.
  fileprivate var line: String {
    "\(intermediate.rawValue) \(entry.serialNumber) \(Int(entry.date.timeIntervalSince1970))"
  }

  fileprivate init(line: Substring) throws {
    let parts = line.split(separator: " ").map(String.init)
    guard parts.count == 3, let intermediate = Authority.Intermediate(rawValue: parts[0]),
      let seconds = TimeInterval(parts[2])
    else { throw PeerError("The list of revoked certificates holds a strange line: \(line)") }
    self.init(
      intermediate: intermediate,
      entry: RevokedCertificate(
        serialNumber: parts[1], date: Date(timeIntervalSince1970: seconds)))
  }
}

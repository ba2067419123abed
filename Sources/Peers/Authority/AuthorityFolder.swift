import Files
public import Foundation
public import PKI

/// The folder in which an authority is kept from run to run: `network/ca` of an appliance.
///
/// It holds `root.pem` for everybody to import, the other certificates, their keys (mode 0600),
/// `revoked` with one line for each revoked certificate, `crl.pem` with the lists of all issuers,
/// and a folder of the keys of hosts.
public struct AuthorityFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// Names a folder; nothing is read or made.
  public init(_ path: String) { self.path = path }

  /// The root's certificate in PEM.
  public var rootFile: String { "\(path)/root.pem" }
  /// The revocation lists of all issuers in PEM.
  public var revocationFile: String { "\(path)/crl.pem" }

  /// Opens the authority; where there is none it is made.
  ///
  /// - Parameters:
  ///   - now: the present, for a new one.
  ///   - algorithm: the kind of a new one's keys.
  ///   - serialNumber: where serial numbers come from.
  /// - Throws: `FileError`, `PeerError` or `PKIError` when the folder cannot be used.
  @concurrent
  public func open(
    at now: Date, algorithm: KeyAlgorithm = .p256,
    serialNumber: @escaping Authority.SerialNumbers = Authority.randomSerialNumber
  ) async throws -> Authority {
    if let authority = try read(serialNumber) { return authority }
    if let authority = try await make(at: now, algorithm, serialNumber) { return authority }
    return try openExisting(serialNumber: serialNumber)
  }

  /// Makes the authority.
  ///
  /// - Parameters: as above.
  /// - Throws: `PeerError` when there is one already, `FileError` when the folder cannot be made.
  @concurrent
  public func create(
    at now: Date, algorithm: KeyAlgorithm = .p256,
    serialNumber: @escaping Authority.SerialNumbers = Authority.randomSerialNumber
  ) async throws -> Authority {
    guard try read(serialNumber) == nil,
      let authority = try await make(at: now, algorithm, serialNumber)
    else { throw PeerError("There is an authority in \(path) already.") }
    return authority
  }

  /// Opens the authority.
  ///
  /// - Throws: `PeerError` or `PKIError` when there is none, or it cannot be read.
  public func openExisting(
    serialNumber: @escaping Authority.SerialNumbers = Authority.randomSerialNumber
  ) throws -> Authority {
    guard let authority = try read(serialNumber) else {
      throw PeerError("There is no authority in \(path); `esash ca init` makes one.")
    }
    return authority
  }

  /// - Returns: nil when another process has made one meanwhile.
  private func make(
    at now: Date, _ algorithm: KeyAlgorithm, _ serialNumber: @escaping Authority.SerialNumbers
  ) async throws -> Authority? {
    let authority = try await Authority(at: now, algorithm: algorithm, serialNumber: serialNumber)
    // It becomes visible as a whole; of two processes that make one, the first wins.
    let above = (path as NSString).deletingLastPathComponent
    try PrivateFile.makeFolder(above)
    let temporary = "\(above)/.ca.\(UInt64.random(in: 0 ... .max))"
    try PrivateFile.makeFolder(temporary)
    try AuthorityFolder(temporary).write(authority, at: now)
    if rename(temporary, path) == 0 { return authority }
    let code = errno
    try? FileManager.default.removeItem(atPath: temporary)
    if PrivateFile.text(of: rootFile) != nil { return nil }
    throw PeerError("The folder \(path) cannot be made: \(String(cString: strerror(code))).")
  }

  /// The key of a host, one of each kind, the same at each call: records that name it stay true.
  ///
  /// - Parameters:
  ///   - host: a host name or an address.
  ///   - algorithm: its kind.
  /// - Throws: `PeerError` for a host that cannot name a file, `FileError` when the folder cannot be
  ///   used.
  @concurrent
  public func key(of host: String, algorithm: KeyAlgorithm = .p256) async throws -> PrivateKey {
    guard host.isHostName else { throw PeerError("\"\(host)\" is not a host name.") }
    let folder = "\(path)/hosts"
    try PrivateFile.makeFolder(folder)
    let file = "\(folder)/\(host.lowercased())\(algorithm == .p256 ? "" : ".rsa").key"
    if let text = PrivateFile.text(of: file) { return try PrivateKey(pem: text) }
    let key = try await PrivateKey.generate(algorithm)
    if try PrivateFile.create(Array(key.pem.utf8), at: file) { return key }
    return try PrivateKey(pem: PrivateFile.text(of: file) ?? "")
  }

  // MARK: Files

  /// The names of the issuers' files: roots and intermediates, the older ones second and third.
  private static let names = ["root", "former-root", "intermediate-old", "intermediate-new"]
  private static let crossSignName = "intermediate-new-cross-sign"

  private func read(_ serialNumber: @escaping Authority.SerialNumbers) throws -> Authority? {
    guard PrivateFile.text(of: rootFile) != nil else { return nil }
    let issuers = try Self.names.map { name in
      CertificateIssuer(
        certificate: try Certificate(pem: text("\(name).pem")),
        key: try PrivateKey(pem: text("\(name).key")))
    }
    return Authority(
      root: issuers[0], formerRoot: issuers[1], oldIntermediate: issuers[2],
      newIntermediate: issuers[3],
      crossSign: try Certificate(pem: text("\(Self.crossSignName).pem")),
      serialNumber: serialNumber)
  }

  /// The files of the certificates, for people to take, with what they hold.
  public func certificates(of authority: Authority) -> [(file: String, certificate: Certificate)] {
    (zip(Self.names, Self.issuers(of: authority)).map { ($0, $1.certificate) }
      + [(Self.crossSignName, authority.crossSign)]).map { ("\($0).pem", $1) }
  }

  private static func issuers(of authority: Authority) -> [CertificateIssuer] {
    [authority.root, authority.formerRoot, authority.oldIntermediate, authority.newIntermediate]
  }

  private func write(_ authority: Authority, at now: Date) throws {
    for (file, certificate) in certificates(of: authority) {
      try PrivateFile.write(certificate.pem, to: "\(path)/\(file)")
    }
    for (name, issuer) in zip(Self.names, Self.issuers(of: authority)) {
      try PrivateFile.write(issuer.key.pem, to: "\(path)/\(name).key")
    }
    try writeLists(of: authority, at: now)
  }

  private func text(_ name: String) throws -> String {
    guard let text = PrivateFile.text(of: "\(path)/\(name)") else {
      throw PeerError("The authority in \(path) lacks its \(name).")
    }
    return text
  }
}

extension String {
  /// Whether it can be a host's name or an IPv4 address, and so a file's name.
  var isHostName: Bool {
    (1...253).contains(utf8.count) && first != "." && first != "-"
      && utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
      }
  }
}

public import Foundation
import PKI
import TLS
import Transport

/// A message as a peer received it, with all that is known of its way.
public struct ReceivedMessage: Hashable, Sendable {
  /// The TLS of the connection.
  public struct Encryption: Hashable, Sendable {
    /// Such as `TLSv1.3`.
    public var protocolName: String
    /// Such as `TLS_AES_256_GCM_SHA384`.
    public var cipher: String
    /// The subject of the certificate that the client showed; nil when it showed none.
    public var clientSubject: String?
    /// SHA-256 of that certificate in hexadecimal.
    public var clientSHA256: String?

    /// Makes a description.
    public init(
      protocolName: String, cipher: String, clientSubject: String? = nil,
      clientSHA256: String? = nil
    ) {
      self.protocolName = protocolName
      self.cipher = cipher
      self.clientSubject = clientSubject
      self.clientSHA256 = clientSHA256
    }
  }

  /// Which peer received it.
  public var peer: String
  /// How that peer behaved.
  public var behaviour: String
  /// When the final dot came; whole seconds.
  public var time: Date
  /// The address of the client in the appliance's world.
  public var client: String
  /// What the client called itself.
  public var helo: String
  /// The TLS of the connection; nil in clear.
  public var encryption: Encryption?
  /// What followed `MAIL FROM:`, such as `<joe@example.com> SIZE=494`.
  public var sender: String
  /// What followed each `RCPT TO:` that was accepted.
  public var recipients: [String]
  /// Header and body without dot-stuffing, lines ended by CR LF.
  public var content: [UInt8]
}

extension ReceivedMessage {
  /// What a peer's mailbox keeps: lines about the way, an empty line, and the content with its
  /// lines ended by LF as in any local mailbox.
  var file: [UInt8] {
    var lines = [
      "Peer: \(peer)", "Behaviour: \(behaviour)",
      "Time: \(time.formatted(.iso8601))", "Client: \(client)", "HELO: \(helo)",
    ]
    lines += encryption?.lines ?? ["TLS: none"]
    lines.append("MAIL FROM: \(sender)")
    lines += recipients.map { "RCPT TO: \($0)" }
    let head = lines.joined(separator: "\n") + "\n\n"
    return Array(head.utf8) + content.localLines
  }

  /// Reads what `file` gave.
  ///
  /// - Throws: `PeerError` for something else.
  init(file: [UInt8]) throws(PeerError) {
    guard let end = file.firstRange(of: [10, 10]) else { throw Self.strange }
    var fields: [String: [String]] = [:]
    for line in String(decoding: file[..<end.lowerBound], as: UTF8.self).split(separator: "\n") {
      guard let colon = line.firstRange(of: ": ") else { throw Self.strange }
      fields[String(line[..<colon.lowerBound]), default: []]
        .append(String(line[colon.upperBound...]))
    }
    func field(_ name: String) throws(PeerError) -> String {
      guard let value = fields[name]?.first else { throw Self.strange }
      return value
    }
    peer = try field("Peer")
    behaviour = try field("Behaviour")
    guard let time = try? Date(field("Time"), strategy: .iso8601) else { throw Self.strange }
    self.time = time
    client = try field("Client")
    helo = try field("HELO")
    let tls = try field("TLS").split(separator: " ", maxSplits: 1).map(String.init)
    encryption =
      tls.count == 2
      ? Encryption(
        protocolName: tls[0], cipher: tls[1], clientSubject: fields["Client-Certificate"]?.first,
        clientSHA256: fields["Client-SHA256"]?.first)
      : nil
    sender = try field("MAIL FROM")
    recipients = fields["RCPT TO"] ?? []
    content = file[end.upperBound...].networkLines
  }

  private static let strange = PeerError("The file is not from a peer's mailbox.")
}

extension ReceivedMessage.Encryption {
  /// Describes what was negotiated.
  init(_ details: TLSHandler.Details) {
    let certificate = details.peerCertificates.all.first
    self.init(
      protocolName: details.protocolName, cipher: details.cipher,
      clientSubject: certificate?.subject.description, clientSHA256: certificate?.sha256)
  }

  /// Its lines in a file of a mailbox.
  var lines: [String] {
    ["TLS: \(protocolName) \(cipher)"]
      + (clientSubject.map { ["Client-Certificate: \($0)"] } ?? [])
      + (clientSHA256.map { ["Client-SHA256: \($0)"] } ?? [])
  }
}

extension Sequence<UInt8> {
  /// With LF for each CR LF.
  fileprivate var localLines: [UInt8] {
    reduce(into: []) { bytes, byte in
      if byte == 10, bytes.last == 13 { bytes.removeLast() }
      bytes.append(byte)
    }
  }

  /// With CR LF for each LF.
  fileprivate var networkLines: [UInt8] {
    reduce(into: []) { bytes, byte in
      if byte == 10 { bytes.append(13) }
      bytes.append(byte)
    }
  }
}

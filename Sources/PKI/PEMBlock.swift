import FoundationEssentials

/// One block of a PEM text.
///
/// Source: RFC 7468; headers as in RFC 1421.
public struct PEMBlock: Hashable, Sendable {
  /// What stands after BEGIN, such as `CERTIFICATE`.
  public let label: String
  /// Lines such as `Proc-Type: 4,ENCRYPTED`.
  let headers: [String]
  /// The base64 text without blanks.
  let body: String

  init(label: String, bytes: [UInt8]) {
    self.init(label: label, headers: [], body: bytes.base64)
  }

  private init(label: String, headers: [String], body: String) {
    self.label = label
    self.headers = headers
    self.body = body
  }

  /// Whether the block stands under a passphrase.
  public var isEncrypted: Bool {
    label == "ENCRYPTED PRIVATE KEY"
      || headers.contains { $0.hasPrefix("Proc-Type:") && $0.hasSuffix("ENCRYPTED") }
  }

  /// The decoded contents.
  ///
  /// - Throws: `PKIError.malformedPEM` when the block is no base64.
  func bytes() throws -> [UInt8] {
    guard let bytes = [UInt8](base64: body), !bytes.isEmpty else {
      throw PKIError(
        .malformedPEM, "The \(label) block is damaged: what it holds is not base64.")
    }
    return bytes
  }

  /// The block with its BEGIN and END lines, each line ended.
  var text: String {
    var text = "-----BEGIN \(label)-----\n"
    var rest = Substring(body)
    while !rest.isEmpty {
      text += rest.prefix(64) + "\n"
      rest = rest.dropFirst(64)
    }
    return text + "-----END \(label)-----\n"
  }
}

extension PEMBlock {
  /// All blocks of a text in order; what stands between them is passed over.
  ///
  /// - Throws: `PKIError.malformedPEM` for a block without its end.
  static func blocks(in bytes: some Collection<UInt8>) throws -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var open: (label: String, headers: [String], body: [UInt8])?
    for raw in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let line = raw.trimmed
      if line.starts(with: "-----BEGIN ".utf8) {
        let label = try label(of: line, after: "-----BEGIN ")
        if let open { throw unended(open.label) }
        open = (label, [], [])
      } else if let block = open {
        if line.starts(with: "-----END ".utf8) {
          guard try label(of: line, after: "-----END ") == block.label else {
            throw unended(block.label)
          }
          let body = String(decoding: block.body, as: UTF8.self)
          blocks.append(PEMBlock(label: block.label, headers: block.headers, body: body))
          open = nil
        } else if line.contains(UInt8(ascii: ":")) {
          open?.headers.append(String(decoding: line, as: UTF8.self))
        } else {
          open?.body += line.filter { $0 != 32 && $0 != 9 }
        }
      }
    }
    if let open { throw unended(open.label) }
    return blocks
  }

  private static func label(of line: some Collection<UInt8>, after start: String) throws -> String {
    let rest = String(decoding: line.dropFirst(start.utf8.count), as: UTF8.self)
    guard rest.hasSuffix("-----"), !rest.dropLast(5).contains("-----") else {
      throw PKIError(.malformedPEM, "A BEGIN or END line must stand alone and end in five dashes.")
    }
    return String(rest.dropLast(5)).printable
  }

  private static func unended(_ label: String) -> PKIError {
    PKIError(.malformedPEM, "The \(label) block has no END line of its own: it is cut off.")
  }
}

extension Collection<UInt8> {
  /// Without the blanks and tabs at both ends.
  fileprivate var trimmed: some Collection<UInt8> {
    let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
    let tail = drop(while: blank)
    return Array(Array(tail.reversed()).drop(while: blank).reversed())
  }
}

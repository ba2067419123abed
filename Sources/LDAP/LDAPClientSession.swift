/// A client's conversation with a directory server, without I/O: one request at a time.
///
/// Source: RFC 4511.
public struct LDAPClientSession: Sendable {
  /// The answer to a request.
  public struct Answer: Hashable, Sendable {
    /// How it ended.
    public let result: LDAPResult
    /// The names of the entries that a search found.
    public let entries: [String]
  }

  /// The most bytes of one message.
  static let messageLimit = 1 << 18
  /// The most messages that one request may bring.
  static let replyLimit = 1000

  private var buffer: [UInt8] = []
  private var request: LDAPRequest?
  private var id = 0
  private var entries: [String] = []
  private var replies = 0

  /// Begins a conversation.
  public init() {}

  /// Begins a request.
  ///
  /// - Returns: the bytes to send.
  public mutating func begin(_ request: LDAPRequest) -> [UInt8] {
    id += 1
    self.request = request
    entries = []
    replies = 0
    return request.message(id: id)
  }

  /// Takes bytes from the server.
  public mutating func receive(_ bytes: some Sequence<UInt8>) { buffer += bytes }

  /// The answer to the present request; nil while it is not whole.
  ///
  /// - Throws: `LDAPFault`; the conversation is over then.
  public mutating func next() throws(LDAPFault) -> Answer? {
    while let reply = try nextReply() {
      if reply.id == 0, case .extended(let result, let name) = reply.operation,
        name == LDAPReply.disconnectionName
      {
        throw .disconnection(result)
      }
      replies += 1
      guard reply.id == id, let request else { throw .unexpected }
      guard replies <= Self.replyLimit else { throw .tooLong }
      if let answer = try take(reply.operation, for: request) { return answer }
    }
    return nil
  }

  private mutating func take(
    _ operation: LDAPReply.Operation, for request: LDAPRequest
  ) throws(LDAPFault) -> Answer? {
    switch (request, operation) {
    case (.search, .entry(let name)):
      entries.append(name)
      return nil
    case (.search, .reference): return nil
    case (.startTLS, .extended(let result, _)):
      // What follows belongs to TLS, and TLS has not begun.
      guard buffer.isEmpty || result.code != .success else { throw .clearText }
      return finish(result)
    case (.bind, .bind(let result)), (.search, .searchDone(let result)): return finish(result)
    default: throw .unexpected
    }
  }

  private mutating func finish(_ result: LDAPResult) -> Answer {
    request = nil
    return Answer(result: result, entries: entries)
  }

  private mutating func nextReply() throws(LDAPFault) -> LDAPReply? {
    guard let header = try BERHeader(buffer[...], limit: Self.messageLimit) else { return nil }
    guard header.tag == BERTag.sequence else { throw .malformed("a message has another type") }
    let size = header.size + header.length
    guard buffer.count >= size else { return nil }
    let reply = try LDAPReply(buffer[header.size..<size])
    buffer.removeFirst(size)
    return reply
  }
}

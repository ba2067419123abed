/// The engine's answer: one line of JSON.
public struct EngineReply: Codable, Hashable, Sendable {
  /// Whether the request was understood and done.
  public var ok: Bool
  /// Why not, as a sentence.
  public var error: String?
  /// A sentence for each thing that is not served as it should be.
  public var troubles: [String]
  /// With `status`: where everything is reached.
  public var addresses: EngineAddresses?
  /// With `mailstatus`.
  public var mail: MailStatus?
  /// With `hoststatus`.
  public var host: HostStatus?
  /// With `tophosts`: the destinations for which something waits, or to which a connection is open.
  public var hosts: [HostStatus]?
  /// With `recipients`: the first ten thousand of those that wait; `count` says how many there are.
  public var recipients: [QueueEntry]?
  /// With `alerts`.
  public var alerts: [AlertRecord]?
  /// With `crlupdate`: what came of each source.
  public var crls: [CRLUpdate]?
  /// With `inject`: the numbers of the messages that were taken in.
  public var messages: [Int]?
  /// How many things were touched, with requests that touch some.
  public var count: Int?

  /// Makes an answer.
  public init(ok: Bool, error: String? = nil, troubles: [String] = []) {
    self.ok = ok
    self.error = error
    self.troubles = troubles
  }

  /// A request that was done.
  public static func done(
    troubles: [String] = [], _ fill: (inout EngineReply) -> Void = { _ in }
  ) -> EngineReply {
    var reply = EngineReply(ok: true, troubles: troubles)
    fill(&reply)
    return reply
  }

  /// A request that could not be done.
  public static func refused(_ error: String, troubles: [String] = []) -> EngineReply {
    EngineReply(ok: false, error: error, troubles: troubles)
  }
}

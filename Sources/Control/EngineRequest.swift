/// What an engine can be asked: one line of JSON on its control socket.
public struct EngineRequest: Codable, Hashable, Sendable {
  /// The request's name.
  public var request: String
  /// With `apply`: the committed version to serve.
  public var version: Int?
  /// With `clock`: seconds by which the calendar is ahead of real time.
  public var offset: Double?
  /// With requests about one destination: its domain; nil for all.
  public var domain: String?
  /// With `recipients` and `deleterecipients`: those of messages from this address only; empty for
  /// bounces.
  public var sender: String?
  /// With `suspendlistener` and `resumelistener`: which ones; nil for all.
  public var listeners: [String]?
  /// With `rollover`: the name of a mail log's files.
  public var log: String?
  /// With `suspendlistener` and `suspenddel`: seconds for which open connections may finish, and
  /// are cut then; without it they go on.
  public var delay: Double?

  /// Seconds that the answer may take.
  public var patience: Double {
    switch request {
    // Two places a source, each with its own time limit.
    case "crlupdate": 90
    default: delay.map { $0 + 5 } ?? 2
    }
  }

  /// Whether it takes long, and is given up when nobody waits for the answer any more.
  public var takesLong: Bool { patience > 2 }

  /// Whether its times are such that anybody could wait for them, or a calendar could show them.
  ///
  /// JSON writes numbers that are far beyond any duration.
  public var isPossible: Bool {
    (0...1e9).contains(delay ?? 0) && (-1e11...1e11).contains(offset ?? 0)
  }

  /// Makes a request by its name.
  public init(_ request: String) { self.request = request }

  /// Serve a committed version.
  public static func apply(version: Int) -> EngineRequest {
    var request = EngineRequest("apply")
    request.version = version
    return request
  }

  /// Move the calendar to so many seconds ahead of real time.
  public static func clock(offset: Double) -> EngineRequest {
    var request = EngineRequest("clock")
    request.offset = offset
    return request
  }

  /// Tell what is served, and where.
  public static let status = EngineRequest("status")
  /// Close everything and let another process be the engine; only a shell's engine does.
  public static let yield = EngineRequest("yield")
  /// Tell counters and gauges of the mail flow.
  public static let mailStatus = EngineRequest("mailstatus")
  /// Tell what the alerts were.
  public static let alerts = EngineRequest("alerts")
  /// Tell how it stands with the destinations for which something waits, or to which a connection is
  /// open.
  public static let topHosts = EngineRequest("tophosts")
  /// Forget all DNS answers that are kept.
  public static let dnsFlush = EngineRequest("dnsflush")
  /// Look for the revocation lists of all CRL sources now.
  public static let crlUpdate = EngineRequest("crlupdate")
  /// Take in the messages that were spooled while no engine ran.
  public static let inject = EngineRequest("inject")

  /// Start a new file of a mail log.
  public static func rollOver(_ log: String) -> EngineRequest {
    var request = EngineRequest("rollover")
    request.log = log
    return request
  }

  /// Tell how it stands with a destination.
  public static func hostStatus(_ domain: String) -> EngineRequest {
    var request = EngineRequest("hoststatus")
    request.domain = domain
    return request
  }

  /// Try all that waits, or what waits for one domain, at once.
  public static func deliverNow(_ domain: String?) -> EngineRequest {
    var request = EngineRequest("delivernow")
    request.domain = domain
    return request
  }

  /// Tell which recipients wait: all, those of a domain, or those of a sender's messages.
  public static func recipients(domain: String? = nil, sender: String? = nil) -> EngineRequest {
    var request = EngineRequest("recipients")
    request.domain = domain
    request.sender = sender
    return request
  }

  /// Remove recipients that wait: all, those of a domain, or those of a sender's messages.
  public static func deleteRecipients(domain: String? = nil, sender: String? = nil)
    -> EngineRequest
  {
    var request = EngineRequest("deleterecipients")
    request.domain = domain
    request.sender = sender
    return request
  }

  /// Stop receiving.
  ///
  /// - Parameters:
  ///   - listeners: which listeners; nil for all.
  ///   - delay: seconds for which open connections may finish.
  public static func suspendListeners(_ listeners: [String]? = nil, delay: Double)
    -> EngineRequest
  {
    var request = EngineRequest("suspendlistener")
    request.listeners = listeners
    request.delay = delay
    return request
  }

  /// Stop delivering.
  ///
  /// - Parameter delay: seconds for which open connections may finish.
  public static func suspendDeliveries(delay: Double) -> EngineRequest {
    var request = EngineRequest("suspenddel")
    request.delay = delay
    return request
  }

  /// Receive again.
  ///
  /// - Parameter listeners: which listeners; nil for all.
  public static func resumeListeners(_ listeners: [String]? = nil) -> EngineRequest {
    var request = EngineRequest("resumelistener")
    request.listeners = listeners
    return request
  }

  /// Deliver again.
  public static let resumeDeliveries = EngineRequest("resumedel")
}

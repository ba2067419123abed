/// Whoever asks the web security service something, for a session, as URL filtering would.
public protocol WebServiceProbing: Sendable {
  /// Sends one request by the committed settings.
  ///
  /// - Parameter tell: hears of each thing as it happens.
  /// - Throws: `ProbeFailure` with the first reason why there is no good answer.
  func probe(_ tell: @escaping @Sendable (WebServiceEvent) async -> Void) async throws

  /// What became of all requests of the session.
  var counters: WebServiceCounters { get }
}

/// One thing that happens on the way to the web security service's answer.
public enum WebServiceEvent: Hashable, Sendable {
  /// A connection to the host at an address begins.
  case connecting(host: String, address: String, port: Int)
  /// It is made, from an address of the appliance.
  case connected(source: String)
  /// It is encrypted.
  case encrypted(protocolName: String, cipher: String)
  /// The service's certificate is trusted and bears its name; false when nobody looked at it.
  case serverCertificate(isVerified: Bool)
  /// Whether the service asked for a client certificate, and what it was shown: nil for nothing.
  case clientCertificate(isWanted: Bool, shown: ShownCertificate?)
  /// The service answered in HTTP, such as `200 OK`.
  case answered(String)
}

/// A certificate that the appliance shows of itself.
public struct ShownCertificate: Hashable, Sendable {
  /// The profile's name.
  public var profile: String
  /// The subject in one line.
  public var subject: String
  /// SHA-256 of the certificate in hexadecimal.
  public var sha256: String

  /// Makes a description.
  public init(profile: String, subject: String, sha256: String) {
    self.profile = profile
    self.subject = subject
    self.sha256 = sha256
  }
}

/// What became of requests to the web security service.
public struct WebServiceCounters: Hashable, Sendable {
  /// Lengths of time, of which only the sum and the extremes are kept.
  public struct Times: Hashable, Sendable {
    /// The shortest; nil before the first.
    public private(set) var minimum: Duration?
    /// The longest; nil before the first.
    public private(set) var maximum: Duration?
    private var sum = Duration.zero
    private var count = 0

    /// Begins without any.
    public init() {}

    /// The mean; zero before the first.
    public var average: Duration { count == 0 ? .zero : sum / count }

    /// Adds one.
    public mutating func add(_ time: Duration) {
      minimum = minimum.map { min($0, time) } ?? time
      maximum = maximum.map { max($0, time) } ?? time
      sum += time
      count += 1
    }
  }

  /// How many requests were tried.
  public var requests = 0
  /// How many of them were answered well.
  public var answers = 0
  /// How long good answers took, from the beginning of the connection.
  public var responseTimes = Times()
  /// How long it took to find the service's addresses.
  public var lookupTimes = Times()

  /// Begins with nothing.
  public init() {}
}

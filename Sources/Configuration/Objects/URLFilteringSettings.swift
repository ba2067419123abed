/// URL filtering, its service, and the client certificate that is shown there (`websecurityconfig`,
/// `websecurityadvancedconfig`).
public struct URLFilteringSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.urlFiltering

  /// Seconds that a look-up may be given.
  public static let lookupTimeoutRange = 1...60
  /// How many URLs of one message may be looked at.
  public static let urlRange = 1...500

  /// Whether URLs are looked up.
  public var isEnabled = false
  /// Whether clicks are tracked.
  public var tracksInteraction = false
  /// The client certificate's profile; nil for none.
  public var certificate: String?
  /// Seconds before a look-up is given up.
  public var lookupTimeout = 15
  /// URLs looked at in one body.
  public var maxURLsPerBody = 100
  /// URLs looked at in the attachments of one message.
  public var maxURLsPerAttachment = 25
  /// The service's host name.
  public var service = "service.urlfiltering.example"
  /// Whether the service's certificate must verify.
  public var verifiesService = true
  /// Whether a rewritten URL is shown in the text too, and not only where it leads.
  public var rewritesText = false
  /// Whether a message tells in its header what was found.
  public var addsHeaders = false

  /// Makes the factory's settings.
  public init() {}
}

extension URLFilteringSettings {
  /// Reads settings; earlier programs knew nothing of the last two.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    isEnabled = try values.decode(Bool.self, forKey: .isEnabled)
    tracksInteraction = try values.decode(Bool.self, forKey: .tracksInteraction)
    certificate = try values.decodeIfPresent(String.self, forKey: .certificate)
    lookupTimeout = try values.decode(Int.self, forKey: .lookupTimeout)
    maxURLsPerBody = try values.decode(Int.self, forKey: .maxURLsPerBody)
    maxURLsPerAttachment = try values.decode(Int.self, forKey: .maxURLsPerAttachment)
    service = try values.decode(String.self, forKey: .service)
    verifiesService = try values.decode(Bool.self, forKey: .verifiesService)
    rewritesText = try values.decodeIfPresent(Bool.self, forKey: .rewritesText) ?? false
    addsHeaders = try values.decodeIfPresent(Bool.self, forKey: .addsHeaders) ?? false
  }
}

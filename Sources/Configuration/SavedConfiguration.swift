public import PKI
import XMLCoding

/// A configuration as the file that `saveconfig` writes and `loadconfig` reads (G7).
public struct SavedConfiguration {
  private let configuration: Configuration
  private let comment: [String]
  private let secrets: SecretCoding
  private let credentials: [String: Credential]

  /// Prepares a file.
  ///
  /// - Parameters:
  ///   - configuration: what is saved.
  ///   - release: named in the file's comment.
  ///   - serialNumber: named in the file's comment.
  ///   - date: the current time, as text for the file's comment.
  ///   - secrets: how private keys and passphrase hashes stand in the file.
  ///   - credentials: what its users prove themselves by.
  public init(
    configuration: Configuration, release: Release, serialNumber: String, date: String,
    secrets: SecretCoding, credentials: [String: Credential] = [:]
  ) {
    self.configuration = configuration
    self.secrets = secrets
    self.credentials = credentials
    comment = [
      "Product: Cisco C100V Secure Email Gateway Virtual",
      "Model Number: C100V",
      "Version: \(release.versionAndBuild)",
      "Serial Number: \(serialNumber)",
      "Number of CPUs: 1",
      "Memory (MB): 6144",
      "Current Time: \(date)",
    ]
  }

  /// What ends each line.
  public enum LineEnd: Sendable {
    /// One line feed, as in a file.
    case lineFeed
    /// Carriage return and line feed, as on the appliance's screen.
    case crlf
  }

  /// The file's bytes, in ISO-8859-1.
  ///
  /// - Throws: `DocumentError` that names a setting which has no form in XML.
  public func bytes(lineEnd: LineEnd) throws -> [UInt8] {
    let encoder = ElementEncoder(userInfo: [.secretCoding: secrets])
    let objects = try configuration.objects.sorted { $0.key < $1.key }.map { key, stored in
      var element = try encoder.encode(stored.value, as: key.kind.rawValue)
      if key.kind == .user, let credential = credentials[key.name] {
        element.children.append(
          try encoder.encode(SavedCredential(credential), as: SavedCredential.elementName))
      }
      if !key.name.isEmpty { element.attributes["name"] = key.name }
      if key.level != .machine { element.attributes["level"] = key.level.rawValue }
      return element
    }
    return try XMLWriter(lineEnd: lineEnd == .crlf ? .crlf : .lineFeed).write(
      Element("config", children: objects), comment: comment)
  }

  /// What a file held.
  public struct Loaded {
    /// The configuration, with the credentials of its users; singletons that the file lacks have
    /// the release's factory settings.
    public var configuration: Configuration
    /// A sentence for each setting that the release does not know as it was saved.
    public var adaptations: [String] = []
    /// Paths of elements and attributes that mean nothing here, such as `config/listener/colour`.
    public var unknownElements: [String]
  }

  /// Reads a file, which may come from another release.
  ///
  /// - Parameter release: the one that is to use it.
  /// - Throws: `XMLReadError` or `DocumentError` with line or path and reason.
  public static func load(_ bytes: [UInt8], for release: Release) throws -> Loaded {
    try load(XMLReader().read(bytes), for: release)
  }

  /// Reads a file whose text was pasted, whatever encoding it names; else as above.
  public static func load(_ text: String, for release: Release) throws -> Loaded {
    try load(XMLReader().read(text), for: release)
  }

  private static func load(_ root: Element, for release: Release) throws -> Loaded {
    guard root.name == "config" else {
      throw DocumentError(path: root.name, reason: "it is no configuration file")
    }
    var loaded = Loaded(configuration: Configuration(), unknownElements: [])
    if !root.text.isEmpty { loaded.unknownElements.append("config/text()") }
    loaded.unknownElements += unknownAttributes(of: root, at: "config", known: [])
    for var element in root.children {
      let path = "config/\(element.name)"
      guard let kind = ObjectKind(rawValue: element.name),
        let level = Level(rawValue: element.attributes["level"] ?? Level.machine.rawValue)
      else {
        loaded.unknownElements.append(path)
        continue
      }
      let key = ObjectKey(level: level, kind: kind, name: element.attributes["name"] ?? "")
      guard key.name.isEmpty == kind.isSingleton else {
        throw DocumentError(
          path: path, reason: kind.isSingleton ? "it cannot have a name" : "it has no name")
      }
      guard loaded.configuration[key] == nil else {
        throw DocumentError(path: path, reason: "\(key) stands there twice")
      }
      if kind == .user, let credential = try SavedCredential.remove(from: &element) {
        loaded.configuration.credentials[key.name] = credential
      }
      let (value, unknown) = try decode(kind.type, element)
      if let profile = value as? CertificateProfile { try check(profile, at: path) }
      loaded.configuration[key] = value
      loaded.unknownElements += unknownAttributes(of: element, at: path, known: ["level", "name"])
      loaded.unknownElements += unknown
    }
    for kind in ObjectKind.allCases {
      let key = ObjectKey(kind: kind)
      guard let type = kind.type as? any SingletonValue.Type, loaded.configuration[key] == nil
      else { continue }
      loaded.configuration[key] = kind == .ssl ? SSLSettings(release: release) : type.init()
    }
    loaded.adaptations = loaded.configuration.adapt(to: release)
    return loaded
  }

  private static func unknownAttributes(
    of element: Element, at path: String, known: Set<String>
  ) -> [String] {
    element.attributes.keys.filter { !known.contains($0) }.sorted().map { "\(path)/@\($0)" }
  }

  /// A key that does not belong to its certificate would come out in a handshake only.
  private static func check(_ profile: CertificateProfile, at path: String) throws(DocumentError) {
    let reason: String
    do {
      if try PrivateKey(der: profile.key.bytes).fits(profile.certificate) { return }
      reason = "the private key does not belong to the certificate"
    } catch {
      reason = "\(error)"
    }
    throw DocumentError(path: "\(path)/key", reason: reason)
  }

  private static func decode<Value: ConfigurationValue>(
    _ type: Value.Type, _ element: Element
  ) throws -> (any ConfigurationValue, unknown: [String]) {
    let decoder = ElementDecoder(userInfo: [.secretCoding: SecretCoding.obfuscated])
    let result = try decoder.decode(type, from: element, under: "config")
    return (result.value, result.unknown)
  }
}

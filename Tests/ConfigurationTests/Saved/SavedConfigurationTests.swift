import Configuration
import PKI
import Testing
import TestSupport

@Suite("Saved configurations")
struct SavedConfigurationTests {
  let pool: CertificatePool

  init() async throws { pool = try await .shared }

  @Test("the fabricator leaves no property of any kind as it was", arguments: ObjectKind.allCases)
  func everythingIsFilled(_ kind: ObjectKind) throws {
    let baseline = try kind.baseline(pool: pool)
    let value = try kind.fabricated(pool: pool)
    #expect(unfilledProperties(of: value, unlike: baseline) == [])
    // The same look at the baseline must find something, or it would see nothing at all.
    #expect(unfilledProperties(of: baseline, unlike: baseline) != [])
  }

  @Test("a saved configuration has every kind in it", arguments: LoadableSecrets.allCases)
  func everyKindIsSaved(_ secrets: LoadableSecrets) throws {
    let text = latin1(try file(.fabricated(pool: pool), secrets: secrets.coding))
    for kind in ObjectKind.allCases {
      #expect(text.contains("\n  <\(kind.rawValue)>") || text.contains("\n  <\(kind.rawValue) "))
    }
  }

  @Test(
    "every property of every kind comes back",
    arguments: LoadableSecrets.allCases, [SavedConfiguration.LineEnd.lineFeed, .crlf])
  func everythingComesBack(_ secrets: LoadableSecrets, _ lineEnd: SavedConfiguration.LineEnd) throws
  {
    let configuration = try fabricatedForRelease16()
    let loaded = try SavedConfiguration.load(
      file(configuration, secrets: secrets.coding, lineEnd: lineEnd), for: .release16)
    #expect(loaded.unknownElements == [])
    #expect(loaded.configuration.objects.count == ObjectKind.allCases.count)
    for change in loaded.configuration.changes(since: configuration) {
      Issue.record("\(change.key) came back as \(change.after.debugDescription)")
    }
    // Texts compare equal when they read alike; their code points must be the same too.
    let before = configuration.objects.values.flatMap(\.settings).map(\.value.scalarNumbers)
    let after = loaded.configuration.objects.values.flatMap(\.settings).map(\.value.scalarNumbers)
    #expect(Set(before) == Set(after))
  }

  @Test("no property is spelled letter by letter")
  func abbreviationsAreWords() throws {
    let configuration = try Configuration.fabricated(pool: pool)
    for (key, stored) in configuration.objects {
      for setting in stored.settings {
        #expect(
          setting.name.firstMatch(of: /_[a-z]_[a-z](_|$)/) == nil, "\(key): \(setting.name)")
      }
    }
  }

  @Test("its text, pasted, is what its bytes are", arguments: LoadableSecrets.allCases)
  func pasted(_ secrets: LoadableSecrets) throws {
    let bytes = try file(fabricatedForRelease16(), secrets: secrets.coding)
    let text = latin1(bytes)
    #expect(text.contains("encoding=\"ISO-8859-1\"") && text.contains("\u{E9}"))
    let loaded = try SavedConfiguration.load(text, for: .release16)
    #expect(
      try loaded.configuration == SavedConfiguration.load(bytes, for: .release16).configuration)
  }

  /// No release knows both DLP and the rest.
  private func fabricatedForRelease16() throws -> Configuration {
    var all = try Configuration.fabricated(pool: pool)
    all.dlp.certificate = nil
    return all
  }

  @Test("loading and saving again gives the same file")
  func savingTwice() throws {
    let first = try file(fabricatedForRelease16())
    let second = try file(SavedConfiguration.load(first, for: .release16).configuration)
    #expect(first == second)
  }

  @Test("the file begins with declaration and comment block")
  func heading() throws {
    let text = latin1(try file(.factory(pool: pool), secrets: .masked))
    #expect(
      text.hasPrefix(
        """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <!--
          Product: Cisco C100V Secure Email Gateway Virtual
          Model Number: C100V
          Version: 14.2.0-620
          Serial Number: SERIAL- -1
          Number of CPUs: 1
          Memory (MB): 6144
          Current Time: Tue Nov 24 18:00:12 2026 GMT
        -->
        <config>
          <system>
            <host_name>mail.example.com</host_name>
          </system>

        """))
    #expect(text.hasSuffix("</config>\n"))
  }

  @Test("a masked file holds no key, an encrypted one none in clear, a plain one all")
  func secretsInTheFile() throws {
    let factory = try Configuration.factory(pool: pool)
    let key = pool.p256Keys[0].pkcs8DER.base64Text
    let masked = latin1(try file(factory, secrets: .masked))
    #expect(masked.contains("<key>*****</key>"))
    #expect(!masked.contains(key))
    let encrypted = latin1(try file(factory))
    #expect(encrypted.contains("<key>$obfuscated$"))
    #expect(!encrypted.contains(key))
    #expect(latin1(try file(factory, secrets: .plain)).contains("<key>$base64$\(key)</key>"))
  }

  @Test("settings for people show what changed and mask secrets")
  func settings() throws {
    let profile = AnyConfigurationValue(try pool.profile("mail.example.com"))
    let key = profile.settings.first { $0.name == "key" }
    #expect(key?.value == "*****")
    var listener = try #require(Configuration.factory(pool: pool).listeners["IncomingMail"])
    listener.hostAccess.defaults.tls = .required
    let settings = AnyConfigurationValue(listener).settings
    #expect(settings.contains { $0.name == "host_access/defaults/tls" && $0.value == "required" })
    let names = settings.map(\.name)
    #expect(names.contains("host_access/groups/RELAYLIST/senders/127.0.0.1/pattern"))
    #expect(names.contains("host_access/groups/order"))
    #expect(Set(settings.map(\.name)).count == settings.count)
  }
}

extension String {
  var scalarNumbers: [UInt32] { unicodeScalars.map(\.value) }
}

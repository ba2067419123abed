import Configuration
import PKI
import Testing
import TestSupport
import XMLCoding

@Suite("Files that loadconfig refuses, or loads in part and says so")
struct DamagedFileTests {
  let pool: CertificatePool

  init() async throws { pool = try await .shared }

  /// What loading says: `description` is all that a user sees.
  private func complaint(_ text: String) -> String? {
    do {
      _ = try SavedConfiguration.load(Array(text.utf8), for: .release16)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("a masked file is refused with the sentence")
  func masked() throws {
    let bytes = try file(.factory(pool: pool), secrets: .masked)
    let error = #expect(throws: DocumentError.self) {
      try SavedConfiguration.load(bytes, for: .release16)
    }
    #expect(
      error?.description
        == "config/certificate/key: The file was saved with masked passphrases; it cannot be loaded."
    )
  }

  @Test(
    "is refused with one sentence",
    arguments: [
      ("", "Line 1: the document holds no element."),
      ("hello", "Line 1: the document holds no element."),
      ("<configuration/>", "configuration: it is no configuration file."),
      ("<config>\n<ssl>\n<gui>", "Line 3: the document ends before </gui>."),
      (
        "<!DOCTYPE config [<!ENTITY a \"b\">]>\n<config>&a;</config>",
        "Line 1: a document type with declarations of its own is not accepted."
      ),
      (
        "<!DOCTYPE config [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><config>&x;</config>",
        "Line 1: a document type with declarations of its own is not accepted."
      ),
      ("<config>&nbsp;</config>", "Line 1: the entity &nbsp; is not known."),
      ("<config><listener/></config>", "config/listener: it has no name."),
      ("<config><ssl name=\"a\"/></config>", "config/ssl: it cannot have a name."),
      (
        "<config><route name=\"a\"><hosts/></route><route name=\"a\"><hosts/></route></config>",
        "config/route: route/a stands there twice."
      ),
      ("<config><system/></config>", "config/system/host_name: the element is missing."),
      (
        "<config><network><gateway>1.2.3</gateway></network></config>",
        "config/network/gateway: \"1.2.3\" is not an IPv4 address."
      ),
      (
        "<config><rollback><is_enabled>perhaps</is_enabled></rollback></config>",
        "config/rollback/is_enabled: \"perhaps\" is not yes or no."
      ),
      (
        "<config><user name=\"a\"><full_name></full_name><role>root</role></user></config>",
        "config/user/role: \"root\" is none of admin, operator, readonly, guest."
      ),
      (
        "<config><route name=\"a\"><hosts><item><host>h</host><port>99999999999999999999</port><priority>0</priority></item></hosts></route></config>",
        "config/route/hosts/item[1]/port: \"99999999999999999999\" is not a whole number from -9223372036854775808 to 9223372036854775807."
      ),
    ])
  func refused(_ text: String, _ sentence: String) {
    #expect(complaint(text) == sentence)
  }

  @Test("a document that unfolds into a billion words is refused unread")
  func billionLaughs() {
    var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE config [\n<!ENTITY l0 \"lol\">\n"
    for level in 1...9 {
      let references = String(repeating: "&l\(level - 1);", count: 10)
      text += "<!ENTITY l\(level) \"\(references)\">\n"
    }
    text += "]>\n<config><system><host_name>&l9;</host_name></system></config>"
    #expect(
      complaint(text) == "Line 2: a document type with declarations of its own is not accepted.")
  }

  @Test("a file cut short anywhere is refused with one sentence")
  func truncated() throws {
    let bytes = try file(.factory(pool: pool))
    let end = bytes.count - "\n".utf8.count
    for length in stride(from: 0, to: end, by: 61) + [end - 1] {
      let error = #expect(throws: (any Error).self, "cut at \(length)") {
        try SavedConfiguration.load(Array(bytes[..<length]), for: .release16)
      }
      let sentence = error.map { "\($0)" } ?? ""
      #expect(sentence.hasSuffix(".") && !sentence.contains("\n"), "\(sentence)")
    }
  }

  @Test("a certificate with another's key, or with no key at all, is refused")
  func foreignKey() throws {
    var configuration = try Configuration.factory(pool: pool)
    configuration.certificates["Demo"]?.key = Secret(bytes: pool.rsaKeys[0].pkcs8DER)
    let foreign = try file(configuration)
    var error = #expect(throws: DocumentError.self) {
      try SavedConfiguration.load(foreign, for: .release16)
    }
    #expect(
      error?.description
        == "config/certificate/key: the private key does not belong to the certificate.")
    configuration.certificates["Demo"]?.key = Secret("no key")
    let damaged = try file(configuration, secrets: .plain)
    error = #expect(throws: DocumentError.self) {
      try SavedConfiguration.load(damaged, for: .release16)
    }
    #expect(
      error?.description
        == "config/certificate/key: The private key is damaged and cannot be read.")
  }

  @Test("a secret sealed by an appliance's own key is refused by name")
  func sealedSecret() throws {
    let box = try SecretBox(key: SecretBox.randomKey())
    let bytes = try file(.factory(pool: pool), secrets: .sealed(box, authenticating: []))
    let error = #expect(throws: DocumentError.self) {
      try SavedConfiguration.load(bytes, for: .release16)
    }
    #expect(
      error?.description
        == "config/certificate/key: A secret is sealed under the key of another appliance.")
  }

  @Test("what means nothing here is named, and the rest is loaded")
  func unknown() throws {
    let factory = try Configuration.factory(pool: pool)
    let text = latin1(try file(factory))
      .replacing("<config>", with: "<config unit=\"1\">\n<cluster_config/>\n<cluster_config/>")
      .replacing("<rollback>", with: "<rollback colour=\"red\"><depth>7</depth>")
      .replacing("<system>", with: "<ssl level=\"moon\"/><system level=\"machine\">")
      .replacing("<host_name>", with: "<host_name unit=\"2\">")
    let loaded = try SavedConfiguration.load(Array(text.utf8), for: .release16)
    #expect(
      loaded.unknownElements.sorted() == [
        "config/@unit", "config/cluster_config", "config/cluster_config",
        "config/interface/host_name/@unit", "config/interface/host_name/@unit",
        "config/rollback/@colour", "config/rollback/depth", "config/ssl",
        "config/system/host_name/@unit",
      ])
    #expect(loaded.configuration == factory)
  }

  @Test("text where elements belong is named")
  func strayText() throws {
    #expect(
      try SavedConfiguration.load(Array("<config>hi</config>".utf8), for: .release16)
        .unknownElements == [
          "config/text()"
        ])
  }

  @Test("singletons that a file lacks have the factory's settings, as objects of their own")
  func missingSingletons() throws {
    let loaded = try SavedConfiguration.load(Array("<config></config>".utf8), for: .release16)
      .configuration
    #expect(loaded.objects.count == ObjectKind.allCases.count(where: \.isSingleton))
    #expect(loaded.ldap == LDAPSettings())
    var edited = loaded
    edited.ldap.validatesServerCertificate = true
    edited.ldap.validatesServerCertificate = false
    #expect(edited.changes(since: loaded) == [])
  }
}

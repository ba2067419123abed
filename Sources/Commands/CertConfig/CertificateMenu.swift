import Configuration
import ConfigurationStore
import Dialogue
import PKI

// certconfig > CERTIFICATE: the menu, and the operations that end with a new profile.
extension CertConfig {
  enum CertificateOperation: String, MenuOperation, CaseIterable {
    case `import` = "IMPORT"
    case paste = "PASTE"
    case new = "NEW"
    case edit = "EDIT"
    case export = "EXPORT"
    case delete = "DELETE"
    case print = "PRINT"

    var summary: String {
      switch self {
      case .import: "Import a certificate from a local PKCS#12 file"
      case .paste: "Paste a certificate into the CLI"
      case .new: "Create a self-signed certificate and CSR"
      case .edit: "Update certificate or view the signing request"
      case .export: "Export a certificate"
      case .delete: "Remove a certificate"
      case .print: "View certificates assigned to services"
      }
    }

    /// Whether it makes sense only where there is a profile of one's own.
    var needsProfile: Bool { self == .edit || self == .export || self == .delete }
  }

  func certificates() async throws {
    try await context.menu {
      try await listCertificates()
    } operations: {
      CertificateOperation.allCases.filter { hasOwnCertificates || !$0.needsProfile }
    } run: { operation in
      switch operation {
      case .import: try await importCertificate()
      case .paste: try await pasteCertificate()
      case .new: try await newCertificate()
      case .edit: try await editCertificate()
      case .export: try await exportCertificate()
      case .delete: try await deleteCertificate()
      case .print: try await printServices()
      }
    }
  }

  // MARK: IMPORT

  func importCertificate() async throws {
    guard let name = try await newName() else { return }
    let bytes = try await context.read(context.askImportFile())
    let checksNames = try await asksForFQDN()
    let passphrase = try await c.secret("Enter pass phrase for PKCS#12 file:")
    let contents = try open(bytes, passphrase)
    if checksNames { try requireFQDN(contents.certificate) }
    try keep(
      name, certificate: contents.certificate, key: contents.key, intermediates: contents.chain)
  }

  /// The words with which a refusal begins are those that deployers look for.
  private func open(
    _ bytes: [UInt8], _ passphrase: String
  ) throws -> (key: PrivateKey, certificate: Certificate, chain: [Certificate]) {
    do {
      return try PKCS12.open(
        bytes, passphrase: passphrase, allowsModern: context.release.acceptsModernPKCS12)
    } catch let error as PKIError where error.code == .wrongPassphrase {
      throw OperationFailed("Invalid pass phrase: it does not open the PKCS#12 file.")
    } catch {
      let sentence = "\(error)"
      throw OperationFailed("Error: \(sentence.prefix(1).lowercased())\(sentence.dropFirst())")
    }
  }

  // MARK: PASTE

  func pasteCertificate() async throws {
    guard let name = try await newName() else { return }
    let pasted = try await pasteCertificates()
    // Which one fits is known when the key is: until then a server's certificate is looked for.
    let certificates = pasted.certificates
    if let shown = certificates.first(where: { !$0.isAuthority }) ?? certificates.first {
      await c.say("\n" + shown.subject.oneLine())
    }
    let key = try await pasteKey()
    let leaf = try leaf(of: pasted, for: key)
    var intermediates = try await offerRest(of: pasted, for: key)
    try await addIntermediates(to: &intermediates, of: leaf)
    if try await asksForFQDN() { try requireFQDN(leaf) }
    try keep(name, certificate: leaf, key: key, intermediates: intermediates)
  }

  // MARK: NEW

  func newCertificate() async throws {
    let purpose = try await c.choose(
      nil,
      from: [
        Choice("Create a self-signed certificate and CSR", CertificateProfile.Purpose.tls),
        Choice("Create a self-signed SMIME certificate and CSR", .smime),
      ])
    guard let name = try await newName(for: purpose) else { return }
    let subject = DistinguishedName(
      commonName: try await part("Enter Common Name:"),
      organization: try await part("Enter Organization:"),
      organizationalUnit: try await part("Enter Organizational Unit:"),
      locality: try await part("Enter Locality or City:"),
      state: try await part("Enter State or Province:"),
      country: try await c.ask(
        "Enter Country (2 letter code):", as: CountryCode.self, style: .bare
      ).text)
    let addresses = purpose == .smime ? [try await mailAddress()] : []
    let days = try await c.ask("Duration before expiration (in days):", in: 1...3650, default: 3650)
    let sizes = context.release.keySizes
    let bits = try await c.choose(
      "Enter size of private key:", from: sizes.map { Choice(String($0), $0) },
      default: (sizes.firstIndex(of: context.release.defaultKeySize) ?? 0) + 1, isBelow: true)
    let environment = context.appliance.environment
    let key = try await environment.generateKey(.rsa(bits: bits))
    let names =
      context.release.addsCommonNameAsDNSName && purpose == .tls && isHostName(subject.commonName)
      ? [subject.commonName] : []
    let request = try CertificateRequest(
      subject: subject, key: key, dnsNames: names, emailAddresses: addresses)
    let certificate = try Certificate.selfSigned(
      subject: subject, key: key, dnsNames: names, emailAddresses: addresses,
      purposes: purpose == .smime ? .emailProtection : .tls,
      notBefore: context.now, days: days, serialNumber: environment.serialNumber())
    try await offerRequest(request)
    context.draft.certificates[name] = CertificateProfile(
      purpose: purpose, certificate: certificate, key: Secret(bytes: key.pkcs8DER),
      intermediates: [], request: request)
  }

  private func part(_ question: String) async throws -> String {
    try await c.ask(question, as: ShortText.self, style: .bare).text
  }

  private func mailAddress() async throws -> String {
    try await c.ask(
      "Enter email address for 'subjectAltName' extension:", as: MailAddress.self, style: .bare
    ).text
  }

  // MARK: What IMPORT, PASTE and NEW share

  /// The name of a profile to make; nil when an existing one is not to be overwritten.
  ///
  /// - Throws: `OperationFailed` for an S/MIME profile in place of one that services use.
  private func newName(for purpose: CertificateProfile.Purpose = .tls) async throws -> String? {
    let name = try await c.ask(
      "Enter a name for this certificate profile:", as: ProfileName.self, style: .bare
    ).text
    if purpose == .smime { try requireUnused(name) }
    guard context.draft.certificates[name] != nil else { return name }
    let overwrites = try await c.confirm(
      "Certificate profile \"\(name)\" already exists. Do you want to\noverwrite with this new one?",
      default: false)
    return overwrites ? name : nil
  }

  private func asksForFQDN() async throws -> Bool {
    guard context.release.asksForFQDNCheck else { return false }
    return try await c.confirm(
      "Do you want to check if Common Name or SAN:dNSName or both are in Fully\n"
        + "Qualified Domain Name(FQDN) format ?", default: false)
  }

  private func requireFQDN(_ certificate: Certificate) throws {
    let names = [certificate.commonName].filter { !$0.isEmpty } + certificate.dnsNames
    guard !names.isEmpty else {
      throw OperationFailed("Error: the certificate has neither a common name nor a DNS name.")
    }
    for name in names {
      guard isHostName(name) else {
        throw OperationFailed(
          "Error: the name \"\(name)\" is not a fully qualified domain name.")
      }
    }
  }

  /// Whether a name, perhaps with `*.` before it, is one that DNS can hold.
  private func isHostName(_ name: String) -> Bool {
    (try? HostName(name.hasPrefix("*.") ? String(name.dropFirst(2)) : name)) != nil
  }

  private func keep(
    _ name: String, certificate: Certificate, key: PrivateKey, intermediates: [Certificate]
  ) throws {
    context.draft.certificates[name] = CertificateProfile(
      certificate: certificate, key: Secret(bytes: key.pkcs8DER), intermediates: intermediates,
      request: try CertificateRequest(succeeding: certificate, key: key))
  }
}

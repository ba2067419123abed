import Foundation
import PKI
import Testing

/// PKCS#7 containers, as the `openssl` command reads them.
@Suite struct PKCS7BundleTests {
  @Test func certificatesComeOutInTheirOrder() async throws {
    let certificates = try await ["one", "two", "three"].asyncMap { name in
      try await Certificate.selfSigned(
        subject: DistinguishedName(commonName: name), key: .generate(.p256), notBefore: Date(),
        days: 1, serialNumber: [1])
    }
    let folder = try Folder()
    let bundle = try PKCS7Bundle(certificates)
    try folder.write(bundle.pem, to: "bundle.p7b")
    try folder.write(bundle.der, to: "bundle.der")
    let expected = "subject=CN=one\nsubject=CN=two\nsubject=CN=three\n"
    for form in ["PEM -in bundle.p7b", "DER -in bundle.der"] {
      let text = try folder.openssl("pkcs7 -print_certs -inform \(form)")
      let subjects = text.split(separator: "\n").filter { $0.hasPrefix("subject") }
      #expect(subjects.map { "\($0.filter { $0 != " " })\n" }.joined() == expected)
    }
  }

  @Test func theContainerIsNoCertificateForThoseWhoWantPEM() async throws {
    let certificate = try await Certificate.selfSigned(
      subject: DistinguishedName(commonName: "one"), key: .generate(.p256), notBefore: Date(),
      days: 1, serialNumber: [1])
    let bundle = try PKCS7Bundle([certificate])
    #expect(throws: PKIError(.wrongFormat, "PEM text is needed; this is a PKCS#7 file.")) {
      try Certificate(pem: bundle.pem)
    }
    #expect(
      throws: PKIError(.wrongFormat, "PEM text is needed; this is a PKCS#7 file in DER form.")
    ) { try PEMContainer(bytes: bundle.der) }
  }
}

extension Sequence {
  /// The results for all elements, one after the other.
  fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows
    -> [Result]
  {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}

import Foundation
import PKI

/// What an outside client thinks of a service's certificate: `{listener: IncomingMail, verifies:
/// true, name: mail.partner.com}`.
///
/// `https: Management` looks at an interface's page in place of a listener. `name` is the name that
/// the client expects, `days` for how long the certificate must be good, `chain` how many
/// certificates are sent.
struct CertificateCondition: LabCondition {
  let listener: String?
  let https: String?
  let verifies: Bool
  let name: String?
  let days: Int?
  let chain: Int?

  func observe(in world: any LabWorld) async throws -> Observation {
    let service: LabService
    switch (listener, https) {
    case (let name?, nil): service = .listener(name)
    case (nil, let interface?): service = .https(interface: interface)
    default: throw LabError("A certificate is that of one listener, or of one HTTPS interface.")
    }
    let certificates: [Certificate]
    do {
      certificates = try await world.certificates(of: service)
    } catch {
      return Observation(isAsWanted: false, text: "\(error)")
    }
    guard let leaf = certificates.first else {
      return Observation(isAsWanted: false, text: "no certificate")
    }
    let date = world.now.addingTimeInterval(TimeInterval(days ?? 0) * 86_400)
    let result = try TrustStore(authorities: await world.trustedRoots()).verify(
      leaf: leaf, intermediates: Array(certificates.dropFirst()), at: date, hostName: name)
    let fault = result.failures.first?.reason
    let seen = "CN=\(leaf.commonName), issuer \(leaf.issuer.commonName)"
    return Observation(
      isAsWanted: (fault == nil) == verifies && chain ?? certificates.count == certificates.count,
      text: "\(seen), \(certificates.count) sent: \(fault ?? "verified")")
  }
}

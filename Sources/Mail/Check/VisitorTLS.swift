import Foundation
import PKI
import TLS
import Transport

/// The TLS of a visitor: every version and cipher is taken, and every certificate, which is judged
/// afterwards.
struct VisitorTLS: Sendable {
  private let context: TLSContext
  private let trust: TrustStore

  /// Makes it; that takes milliseconds.
  @concurrent
  static func make(authorities: [Certificate]) async throws -> VisitorTLS {
    VisitorTLS(
      context: try TLSContext(
        role: .client, TLSContext.Settings(minimum: .tls10, maximum: .tls13)),
      trust: TrustStore(authorities: authorities))
  }

  /// Begins a handshake.
  func start(serverName: String?, at now: Date) -> TLSHandler.Start {
    TLSHandler.Start(context: context, serverName: serverName, time: now)
  }

  /// Judges what a server showed.
  ///
  /// - Parameter host: the name or address that the certificate must bear.
  @concurrent
  func judge(_ details: TLSHandler.Details, host: String, at now: Date) async throws
    -> ServerCheck.Encryption
  {
    let sent = details.peerCertificates.all
    var isNameRight = false
    var faults: [Certificate: String] = [:]
    if let leaf = sent.first {
      let result = try trust.verify(
        leaf: leaf, intermediates: Array(sent.dropFirst()), at: now, hostName: host)
      isNameRight = !result.failures.contains(where: \.isAboutName)
      for failure in result.failures where !failure.isAboutName {
        // A chain that ends too early fails at its last certificate.
        let depth = min(failure.depth, result.chain.count - 1)
        let certificate = sent.contains(result.chain[depth]) ? result.chain[depth] : leaf
        if faults[certificate] == nil { faults[certificate] = failure.reason }
      }
    }
    return ServerCheck.Encryption(
      protocolName: details.protocolName, cipher: details.cipher,
      certificates: sent.map {
        ServerCheck.PresentedCertificate(certificate: $0, fault: faults[$0])
      },
      isNameRight: isNameRight)
  }
}

extension VerificationFailure {
  /// Whether it says that no name, or no address, is the right one.
  fileprivate var isAboutName: Bool {
    name == "X509_V_ERR_HOSTNAME_MISMATCH" || name == "X509_V_ERR_IP_ADDRESS_MISMATCH"
  }
}

import Configuration
import PKI
import ServiceTLS
import TLS

/// The TLS contexts of deliveries and of `tlsverify`: one for each way to treat a peer's chain.
///
/// All present the certificate of `destconfig` > SETUP to peers that ask for one, and obey
/// `sslconfig`.
struct OutboundContexts: Sendable {
  /// Whether the names of a peer that is verified must be fully qualified.
  let demandsFullNames: Bool
  private let unchecked: TLSContext
  private let reported: TLSContext
  private let required: TLSContext

  /// Builds the contexts; that takes milliseconds.
  ///
  /// - Parameters:
  ///   - configuration: a committed configuration.
  ///   - anchors: the authorities that count; with nil nothing verifies.
  /// - Throws: an error with a sentence that names what is wrong.
  init(_ configuration: Configuration, anchors: TrustAnchors?) throws {
    let name = configuration.outbound.certificate
    guard let profile = configuration.certificates[name] else {
      throw MissingCertificate(name: name)
    }
    func context(_ verification: PeerVerification) throws -> TLSContext {
      try .client(
        profile, configuration.ssl.outbound, verification: verification, anchors: anchors)
    }
    demandsFullNames = configuration.ssl.checksPeerFQDN
    unchecked = try context(.none)
    reported = try context(.reported)
    required = try context(.required)
  }

  /// The context for a connection; with `.dane` the records go with `TLSHandler.Start`.
  subscript(check: DeliveryTLS.ChainCheck) -> TLSContext {
    switch check {
    case .none, .dane: unchecked
    case .reported: reported
    case .required: required
    }
  }
}

/// A service is told to show a certificate that does not exist.
struct MissingCertificate: Error, CustomStringConvertible {
  let name: String

  var description: String { "The certificate \"\(name)\" does not exist." }
}

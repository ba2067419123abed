import COpenSSL
import FoundationEssentials
import Synchronization

/// The authorities that are trusted: the system's list, an appliance's own, or both.
public struct TrustStore: Sendable {
  /// The authorities in the order given.
  public let authorities: [Certificate]
  private let cache = StoreCache()

  /// Makes a store of certificates; each is trusted as an end of chains when it is a root.
  public init(authorities: [Certificate]) { self.authorities = authorities }

  /// Reads a list in PEM, of which every certificate must be readable.
  ///
  /// - Throws: `PKIError`, whose sentence names what the text holds instead.
  public init(pem: String) throws {
    let container = try PEMContainer(text: pem, limits: .bundle)
    try self.init(authorities: container.requireCertificates())
  }

  /// Reads a bundle file, passing over certificates that cannot be read.
  ///
  /// One strange entry in a system's list must not take all authorities away.
  ///
  /// - Throws: `PKIError.unreadable` for a file that is missing, or without any certificate.
  public init(bundle path: String = Self.systemBundle) throws {
    guard let data = FileManager.default.contents(atPath: path),
      data.count <= PEMContainer.Limits.bundle.bytes,
      let blocks = try? PEMBlock.blocks(in: [UInt8](data))
    else {
      throw PKIError(.unreadable, "The list of authorities \(path) cannot be read.")
    }
    let authorities = blocks.filter { $0.label == "CERTIFICATE" }
      .compactMap { try? Certificate(der: $0.bytes()) }
    guard !authorities.isEmpty else {
      throw PKIError(.unreadable, "The list of authorities \(path) holds no certificate.")
    }
    self.init(authorities: authorities)
  }

  /// The machine's own list.
  public static let systemBundle = "/etc/ssl/certs/ca-certificates.crt"

  /// A store that trusts the authorities of both.
  public func adding(_ other: [Certificate]) -> TrustStore {
    TrustStore(authorities: authorities + other)
  }

  /// The authorities as OpenSSL wants them, made once.
  func x509Store() throws -> Owned<X509StoreObject> { try cache.store(of: authorities) }
}

extension TrustStore: Hashable {
  /// Compares the authorities.
  public static func == (one: TrustStore, other: TrustStore) -> Bool {
    one.authorities == other.authorities
  }

  /// Hashes the authorities.
  public func hash(into hasher: inout Hasher) { hasher.combine(authorities) }
}

/// Keeps an `X509_STORE`, which takes milliseconds to fill and is not changed afterwards.
private final class StoreCache: Sendable {
  /// OpenSSL locks a store itself, so that threads may verify against it at once.
  private struct Filled: @unchecked Sendable {
    let store: Owned<X509StoreObject>
  }

  private let filled = Mutex<Filled?>(nil)

  func store(of authorities: [Certificate]) throws -> Owned<X509StoreObject> {
    try filled.withLock { filled in
      if let filled { return filled }
      LibCrypto.clearErrors()
      let store = try Owned<X509StoreObject>(X509_STORE_new())
      for authority in authorities {
        let x509 = try authority.x509()
        X509_STORE_add_cert(store.pointer, x509.pointer)
      }
      LibCrypto.clearErrors()
      filled = Filled(store: store)
      return Filled(store: store)
    }.store
  }
}

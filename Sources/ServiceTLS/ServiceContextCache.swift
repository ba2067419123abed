import Configuration
import Synchronization
import TLS

/// The contexts of services as they were made last: reading a private key takes milliseconds, and
/// most commits change none.
///
/// A context is kept for as long as somebody uses it, so a commit that is being prepared finds
/// those of the configuration that is served.
final class ServiceContextCache: Sendable {
  static let shared = ServiceContextCache()

  /// All that a context is made of.
  struct Recipe: Hashable {
    let role: TLSContext.Role
    let profile: CertificateProfile
    let service: SSLService
    let verification: PeerVerification
    let anchors: TrustAnchors?

    static func == (one: Recipe, other: Recipe) -> Bool {
      one.role == other.role && one.service == other.service
        && one.verification == other.verification && one.anchors === other.anchors
        && one.profile == other.profile
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(role)
      hasher.combine(profile.certificate)
      hasher.combine(verification)
    }
  }

  private struct Entry {
    weak var context: TLSContext?
    let identity: TLSIdentity
  }

  private let made = Mutex<[Recipe: Entry]>([:])

  /// The context of a recipe: the one that is in use, or a new one.
  ///
  /// - Throws: an error with a sentence that names what is wrong with the recipe.
  func context(_ recipe: Recipe) throws -> TLSContext {
    try made.withLock { made in
      if let context = made[recipe]?.context { return context }
      made = made.filter { $0.value.context != nil }
      let known = made.first { $0.key.profile == recipe.profile }?.value.identity
      let identity = try known ?? TLSIdentity(recipe.profile)
      let context = try TLSContext(
        role: recipe.role,
        TLSContext.Settings(
          identity: identity, minimum: recipe.service.minimum.protocolVersion,
          maximum: recipe.service.maximum.protocolVersion, ciphers: recipe.service.ciphers,
          verification: recipe.verification, anchors: recipe.anchors))
      made[recipe] = Entry(context: context, identity: identity)
      return context
    }
  }
}

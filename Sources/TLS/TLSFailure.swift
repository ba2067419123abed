public import PKI

/// Why a handshake or a connection failed.
public struct TLSFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Kind: Hashable, Sendable {
    /// OpenSSL refused what came, or was told by the other side that it did.
    case library(LibraryError)
    /// The other side ended the connection without a word.
    case endOfFile
  }

  /// The kind.
  public let kind: Kind
  /// Which side this one played.
  public let role: TLSContext.Role
  /// Whether this side had answered anything before.
  public let hadAnswered: Bool
  /// What this side found wrong with the other's chain, if that was the cause; the reason nearest
  /// the leaf.
  public let verification: VerificationFailure?
  /// Whether this side, a client, had been asked for a certificate.
  public let wasAskedForCertificate: Bool

  /// Makes a failure.
  public init(
    _ kind: Kind, role: TLSContext.Role, hadAnswered: Bool,
    verification: VerificationFailure? = nil, wasAskedForCertificate: Bool = false
  ) {
    LibSSL.initialize()
    self.kind = kind
    self.role = role
    self.hadAnswered = hadAnswered
    self.verification = verification
    self.wasAskedForCertificate = wasAskedForCertificate
  }

  /// OpenSSL's reason; nil at the end of a connection.
  public var reason: Reason? {
    guard case .library(let error) = kind else { return nil }
    return Reason(rawValue: Int(error.reason))
  }

  /// What happened, as OpenSSL says it.
  public var description: String {
    switch kind {
    case .library(let error): error.description
    case .endOfFile: "unexpected eof while reading"
    }
  }

  /// A reason number of OpenSSL's libssl (sslerr.h); alerts of the other side are 1000 + alert.
  public struct Reason: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: Int

    /// Makes a reason from its number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// No chain to a trusted authority, or another fault in it.
    public static let certificateVerifyFailed = Reason(rawValue: 134)
    /// The first bytes were an HTTP request.
    public static let httpRequest = Reason(rawValue: 156)
    /// The two sides have no cipher in common.
    public static let noSharedCipher = Reason(rawValue: 193)
    /// A certificate was demanded and none came.
    public static let peerDidNotReturnACertificate = Reason(rawValue: 199)
    /// The other side wants a version that is switched off here.
    public static let unsupportedProtocol = Reason(rawValue: 258)
    /// The bytes are no TLS record.
    public static let wrongVersionNumber = Reason(rawValue: 267)

    /// The alert that the other side sent (RFC 8446 §6); nil when this side found the fault.
    public var receivedAlert: Int? { rawValue >= 1000 ? rawValue - 1000 : nil }
  }
}

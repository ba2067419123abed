/// What is wrong with a chain of certificates as it is sent (G9), one line each.
public enum ChainFault: Hashable, Sendable, CustomStringConvertible {
  /// The certificate stands there before, as leaf or as intermediate.
  case duplicate(Certificate)
  /// The certificate stands before the one that it issued.
  case outOfOrder(Certificate)
  /// Nothing issued the last certificate that the chain reaches; the name of the issuer wanted.
  case missing(issuer: DistinguishedName, of: Certificate)
  /// The certificate issued nothing in the chain.
  case unrelated(Certificate)
  /// The intermediate is past its last day.
  case expired(Certificate)
  /// A root, which the other side must have anyway.
  case rootIncluded(Certificate)

  /// One line for the user.
  public var description: String {
    switch self {
    case .duplicate(let certificate):
      "The certificate \"\(certificate.subject.shortName)\" is there more than once."
    case .outOfOrder(let certificate):
      "The certificate \"\(certificate.subject.shortName)\" stands before the one it issued."
    case .missing(let issuer, let certificate):
      "The issuer \"\(issuer.shortName)\" of \"\(certificate.subject.shortName)\" is missing."
    case .unrelated(let certificate):
      "The certificate \"\(certificate.subject.shortName)\" does not belong to the chain."
    case .expired(let certificate):
      "The certificate \"\(certificate.subject.shortName)\" has expired."
    case .rootIncluded(let certificate):
      "The certificate \"\(certificate.subject.shortName)\" is a root and need not be sent."
    }
  }
}

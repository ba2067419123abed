public import Configuration

/// What the authentication log tells, in the appliance's words.
public enum AuthenticationEvent: Equatable, Sendable, CustomStringConvertible {
  /// Somebody came in, by a `CLI session`, an `SSH connection`.
  case loggedOn(user: String, origin: String, role: Role, how: String)
  /// Somebody proved to be a user, by a `password`, a `public key`; sessions may follow.
  case authenticated(user: String, origin: String, how: String)
  /// A session is over.
  case loggedOut(user: String, origin: String)
  /// Somebody was not let in.
  case refused(user: String, origin: String, how: String)
  /// Nobody could tell whether somebody may come in, for a reason that is a sentence.
  case undecided(user: String, origin: String, how: String, why: String)
  /// An account was locked; `by` is nil where failed attempts did it.
  case locked(user: String, by: String?)
  /// An administrator let an account in again.
  case unlocked(user: String, by: String)
  /// A passphrase is another one now.
  case passphraseChanged(user: String, by: String)
  /// The keys for SSH are others now.
  case keysChanged(user: String, by: String)
  /// An old passphrase was asked for and not known.
  case oldPassphraseWrong(user: String)
  /// A session was ended from another one.
  case kicked(user: String, by: String)

  /// The line's text.
  public var description: String {
    switch self {
    case .loggedOn(let user, let origin, let role, let how):
      "The user \(user) successfully logged on from \(origin) with privilege \(role.rawValue) "
        + "using a \(how)."
    case .authenticated(let user, let origin, let how):
      "The user \(user) from \(origin) was authenticated using a \(how)."
    case .loggedOut(let user, let origin): "The user \(user) logged out from \(origin)."
    case .refused(let user, let origin, let how):
      "An authentication attempt by the user \(user) from \(origin) failed using a \(how)."
    case .undecided(let user, let origin, let how, let why):
      "An authentication attempt by the user \(user) from \(origin) using a \(how) could not be "
        + "decided. \(why)"
    case .locked(let user, let by?): "The account \(user) was locked by \(by)."
    case .locked(let user, nil):
      "The account \(user) was locked after too many failed authentication attempts."
    case .unlocked(let user, let by): "The account \(user) was unlocked by \(by)."
    case .passphraseChanged(let user, let by):
      "The passphrase of the user \(user) was changed by \(by)."
    case .keysChanged(let user, let by): "The SSH keys of the user \(user) were changed by \(by)."
    case .oldPassphraseWrong(let user):
      "The user \(user) failed to confirm the old passphrase."
    case .kicked(let user, let by): "A session of the user \(user) was ended by \(by)."
    }
  }

  /// Whether it is worth a warning.
  public var isWarning: Bool {
    switch self {
    case .refused, .undecided, .locked, .oldPassphraseWrong: true
    default: false
    }
  }
}

import Configuration
import Dialogue

extension OutboundTLS {
  /// The text in a list of choices.
  var title: String {
    switch self {
    case .off: "No"
    case .preferred: "Preferred"
    case .required: "Required"
    case .preferredVerify: "Preferred - Verify"
    case .requiredVerify: "Required - Verify"
    case .requiredVerifyHosted: "Required - Verify Hosted Domains"
    }
  }

  /// The word in LIST.
  var shortWord: String {
    switch self {
    case .off: "Off"
    case .preferred: "Pref"
    case .required: "Req"
    case .preferredVerify: "Pref-V"
    case .requiredVerify: "Req-V"
    case .requiredVerifyHosted: "Req-VH"
    }
  }

  /// The words in DETAIL.
  var longWord: String {
    switch self {
    case .off: "Off"
    case .preferred: "Preferred"
    case .required: "Required"
    case .preferredVerify: "Preferred (Verify)"
    case .requiredVerify: "Required (Verify)"
    case .requiredVerifyHosted: "Required (Verify Hosted Domains)"
    }
  }
}

extension DANESupport {
  /// The text in lists.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension AddressPreference {
  /// The text in lists.
  var title: String {
    switch self {
    case .preferIPv6: "IPv6 Preferred"
    case .requireIPv6: "IPv6 Required"
    case .preferIPv4: "IPv4 Preferred"
    case .requireIPv4: "IPv4 Required"
    }
  }
}

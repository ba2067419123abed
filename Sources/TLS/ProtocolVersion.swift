import COpenSSL

/// A version of TLS.
public enum ProtocolVersion: Int, Sendable, CaseIterable, Comparable {
  case tls10, tls11, tls12, tls13

  /// The number on the wire, as OpenSSL's options take it.
  var wire: Int32 {
    switch self {
    case .tls10: TLS1_VERSION
    case .tls11: TLS1_1_VERSION
    case .tls12: TLS1_2_VERSION
    case .tls13: TLS1_3_VERSION
    }
  }

  /// Older is less.
  public static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool {
    left.rawValue < right.rawValue
  }
}

import Configuration
import Dialogue
import PKI

/// A method as `sslconfig` lists it; one without a version is only a name.
struct SSLMethod: Sendable {
  let title: String
  let version: TLSVersion?

  /// The methods in the order of the release's list.
  static func offered(by release: Release) -> [SSLMethod] {
    release.tlsVersions.map { SSLMethod(title: $0.rawValue, version: $0) }
      + release.absentSSLMethods.map { SSLMethod(title: $0, version: nil) }
  }

  /// TLS negotiates within a range: what lies between two versions cannot be left out.
  static func check(_ methods: [SSLMethod]) throws(InvalidAnswer) {
    let versions = methods.compactMap(\.version)
    guard let oldest = versions.min(), let newest = versions.max() else {
      throw InvalidAnswer("This engine has no SSL v2 and no SSL v3: choose a version of TLS.")
    }
    let missing = TLSVersion.allCases.first {
      $0 > oldest && $0 < newest && !versions.contains($0)
    }
    if let missing {
      throw InvalidAnswer(
        "\(oldest.rawValue) with \(newest.rawValue) needs \(missing.rawValue) as well.")
    }
  }

  /// Whether a service uses it.
  func isOn(in service: SSLService) -> Bool { version.map(service.versions.contains) ?? false }
}

extension TLSVersion {
  /// The word in the settings' list, such as `tlsv1_2`.
  var word: String {
    switch self {
    case .tls10: "tlsv1_0"
    case .tls11: "tlsv1_1"
    case .tls12: "tlsv1_2"
    case .tls13: "tlsv1_3"
    }
  }
}

/// A cipher list in which OpenSSL finds at least one cipher.
struct CipherList: Answer {
  let text: String
  var shown: String { text }

  /// Makes a list that was looked at before.
  init(checked text: String) { self.text = text }

  init(answer: String) throws(InvalidAnswer) {
    do throws(PKIError) {
      _ = try CipherSuite.all(in: answer)
    } catch {
      throw InvalidAnswer(error.message)
    }
    text = answer
  }
}

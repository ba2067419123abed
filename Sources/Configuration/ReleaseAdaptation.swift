extension Configuration {
  /// Fits a configuration of another release to this one: what the release does not know takes the
  /// nearest value that it does.
  ///
  /// Names of sender groups are names and stay, also those that a factory gives.
  ///
  /// - Returns: a sentence for each setting that was changed.
  public mutating func adapt(to release: Release) -> [String] {
    adaptTLSVersions(to: release) + (release.hasDANE ? [] : adaptWithoutDANE())
      + (release.hasEnterpriseManager ? [] : adaptWithoutEnterpriseManager())
  }

  private mutating func adaptWithoutEnterpriseManager() -> [String] {
    guard let name = dlp.certificate else { return [] }
    dlp.certificate = nil
    return ["DLP has no certificate in place of \"\(name)\": this release has no such service."]
  }

  private mutating func adaptTLSVersions(to release: Release) -> [String] {
    guard let oldest = release.tlsVersions.min(), let newest = release.tlsVersions.max() else {
      return []
    }
    return SSLSettings.ServiceKind.allCases.compactMap { service in
      let saved = ssl[service]
      ssl[service].minimum = min(max(saved.minimum, oldest), newest)
      ssl[service].maximum = min(max(saved.maximum, oldest), newest)
      let adapted = ssl[service]
      guard adapted != saved else { return nil }
      return "\(service.title) has \(adapted.range) in place of \(saved.range)"
        + ", which this release does not offer."
    }
  }

  private mutating func adaptWithoutDANE() -> [String] {
    var sentences: [String] = []
    func sentence(_ destination: String) -> String {
      "\(destination) is delivered to without DANE, which this release does not know."
    }
    if outbound.defaults.dane != .none {
      outbound.defaults.dane = .none
      sentences.append(sentence("The default destination"))
    }
    for (domain, destination) in destinations.all where destination.dane != nil {
      destinations[domain]?.dane = nil
      if destination.dane != DANESupport.none {
        sentences.append(sentence("The destination \(domain)"))
      }
    }
    return sentences
  }
}

extension SSLService {
  /// The versions in words: `TLS v1.2`, or `TLS v1.2 to TLS v1.3`.
  fileprivate var range: String {
    minimum == maximum ? minimum.rawValue : "\(minimum.rawValue) to \(maximum.rawValue)"
  }
}

extension Configuration {
  /// Names that a dialogue accepted are good already; those of a loaded file may be anything.
  func verifyNames(of keys: [ObjectKey]) throws(ConfigurationError) {
    guard (try? HostName(system.hostName)) != nil else {
      throw ConfigurationError(
        "The system has the impossible hostname \"\(system.hostName.printable)\".")
    }
    let impossible = keys.filter { !$0.hasPossibleName }.min()
    if let impossible {
      throw ConfigurationError(
        "The name \"\(impossible.name.printable)\" is impossible for an object of the kind \(impossible.kind.rawValue)."
      )
    }
  }
}

extension ObjectKey {
  fileprivate var hasPossibleName: Bool {
    if kind.isSingleton { return name.isEmpty }
    if kind.hasObjectName { return (try? ObjectName(name)) != nil }
    if kind == .user { return (try? UserName(name)) != nil }
    if kind == .destination { return (try? DestinationDomain(name))?.text == name }
    return !name.isEmpty && name == name.printable
  }
}

extension ObjectKind {
  /// Whether people choose the names of these objects; the others are domains and digests.
  fileprivate var hasObjectName: Bool {
    switch self {
    case .certificate, .interface, .interfaceGroup, .listener, .crl: true
    default: false
    }
  }
}

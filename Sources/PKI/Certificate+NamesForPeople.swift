extension Certificate {
  /// Whom it is for, in a sentence: the common name and the alternative names, each once, or
  /// `nobody`.
  public var namesForPeople: String {
    let names = [commonName].filter { !$0.isEmpty } + dnsNames + ipAddresses
    var seen: Set<String> = []
    let distinct = names.filter { seen.insert($0).inserted }
    return distinct.isEmpty ? "nobody" : distinct.joined(separator: ", ")
  }
}

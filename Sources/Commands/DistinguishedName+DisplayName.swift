import PKI

extension DistinguishedName {
  /// The name by which people know a certificate: its common name, else the whole.
  var displayName: String { commonName.isEmpty ? description : commonName }
}

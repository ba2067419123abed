/// The kind of key to generate.
public enum KeyAlgorithm: Hashable, Sendable {
  /// RSA with a modulus of so many bits, 1,024 to 8,192.
  case rsa(bits: Int)
  /// ECDSA on the curve P-256.
  case p256
}

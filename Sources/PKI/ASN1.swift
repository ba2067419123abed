import COpenSSL
import FoundationEssentials
import Glibc

/// The way between values and OpenSSL's ASN.1 objects.
enum ASN1 {
  /// A time to the second; fractions are cut.
  ///
  /// - Throws: `PKIError.outOfBounds` outside the years that it can express, 1950 to 9999 (RFC 5280
  ///   section 4.1.2.5).
  static func time(_ date: Date) throws -> Owned<ASN1StringObject> {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    guard -631_152_000...253_402_300_799 ~= seconds else {
      throw PKIError(.outOfBounds, "A certificate's dates must lie between 1950 and 9999.")
    }
    return try Owned(ASN1_TIME_set(nil, time_t(seconds)))
  }

  /// The date of a time, which is always in UTC; nil when there is none or it cannot be read.
  static func date(_ time: UnsafePointer<ASN1_TIME>?) -> Date? {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else {
      ERR_clear_error()
      return nil
    }
    return Date(timeIntervalSince1970: Double(timegm(&parts)))
  }

  /// A number as `openssl x509 -serial` prints it.
  static func hexadecimal(_ integer: UnsafePointer<ASN1_INTEGER>?) throws -> String {
    let number = try Owned<BigNumberObject>(ASN1_INTEGER_to_BN(integer, nil))
    guard let digits = BN_bn2hex(number.pointer) else {
      throw PKIError(.library, "A serial number could not be written.")
    }
    defer { CRYPTO_free(digits, nil, 0) }
    return String(cString: digits)
  }
}

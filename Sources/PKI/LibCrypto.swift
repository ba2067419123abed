import COpenSSL

/// The process-wide side of OpenSSL: its start and its error queue.
public enum LibCrypto {
  /// Starts OpenSSL without the system's openssl.cnf; later calls do nothing.
  ///
  /// Whoever calls OpenSSL calls this first, since the library would otherwise read that file at
  /// its first use. Nor does it clean up when the process ends, since other threads may still be
  /// at work then. Source: OPENSSL_init_crypto(3), `OPENSSL_INIT_NO_LOAD_CONFIG`,
  /// `OPENSSL_INIT_NO_ATEXIT`.
  public static func initialize() { _ = isStarted }

  private static let isStarted: Bool = {
    let options =
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_LOAD_CRYPTO_STRINGS
    return OPENSSL_init_crypto(UInt64(options), nil) == 1
  }()

  /// Empties the thread's error queue, so that what stands there later belongs to the next call.
  public static func clearErrors() {
    initialize()
    ERR_clear_error()
  }

  /// Takes all errors of this thread's queue, the oldest (the cause) first.
  ///
  /// Source: ERR_get_error_all(3).
  public static func takeErrors() -> [LibraryError] {
    var errors: [LibraryError] = []
    var data: UnsafePointer<CChar>?
    var flags: Int32 = 0
    while true {
      let code = ERR_get_error_all(nil, nil, nil, &data, &flags)
      if code == 0 { return errors }
      let detail =
        (flags & ERR_TXT_STRING) != 0 ? data.map { String(cString: $0) } ?? "" : ""
      errors.append(LibraryError(code: UInt(code), detail: detail))
    }
  }
}

/// One entry of OpenSSL's error queue.
public struct LibraryError: Hashable, Sendable, CustomStringConvertible {
  /// The packed number, as the appliance logs it.
  public let code: UInt
  /// What the library adds in words, such as "maybe wrong password"; often empty.
  public let detail: String

  /// Makes an entry from a packed number and the added words.
  public init(code: UInt, detail: String) {
    self.code = code
    self.detail = detail
  }

  /// The number of the library's part, such as `ERR_LIB_SSL`.
  public var library: Int32 { ERR_GET_LIB(code) }

  /// The number of the reason within that part.
  public var reason: Int32 { ERR_GET_REASON(code) }

  /// The reason in words, such as `no shared cipher`.
  public var reasonText: String {
    ERR_reason_error_string(code).map { String(cString: $0) } ?? "reason(\(reason))"
  }

  /// The whole line, such as `error:0A0000C1:SSL routines::no shared cipher`.
  public var description: String {
    var buffer = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

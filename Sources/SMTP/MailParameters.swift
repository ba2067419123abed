/// What a client says of a message at MAIL (RFC 1870, RFC 6152).
struct MailParameters: Equatable {
  /// Why parameters are not taken.
  enum Fault: Error {
    /// A keyword that no extension here knows.
    case unknown
    /// A known keyword with a value that it cannot have.
    case invalid
  }

  /// The size that it announces, in bytes; nil when it announces none.
  var size: Int?

  init(_ parameters: [PathArgument.Parameter]) throws(Fault) {
    for parameter in parameters {
      switch parameter.keyword {
      case "SIZE": size = try MailParameters.size(parameter.value)
      case "BODY":
        // Both are taken as they come, so that there is nothing to remember.
        let value = parameter.value?.uppercased()
        guard value == "7BIT" || value == "8BITMIME" else { throw .invalid }
      default: throw .unknown
      }
    }
  }

  /// At most 20 digits; what is beyond all integers is too large in any case.
  private static func size(_ text: String?) throws(Fault) -> Int {
    guard let text, (1...20).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw .invalid }
    return Int(text) ?? .max
  }
}

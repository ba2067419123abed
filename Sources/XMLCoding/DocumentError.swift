/// Why a value has no written form, or a written form no value: one sentence that names the place.
public struct DocumentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where it went wrong, such as `config/listener/port`.
  public var path: String
  /// What is wrong there, without a final period.
  public var reason: String

  /// The sentence for the user, such as `config/listener/port: the element is missing.`.
  public var description: String {
    path.isEmpty ? "\(reason)." : "\(path): \(reason)."
  }

  /// Makes an error; a final period of `reason` is dropped, since `description` adds one.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
  }
}

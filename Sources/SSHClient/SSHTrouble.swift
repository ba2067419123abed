/// Why an appliance cannot be reached or used by SSH.
public struct SSHTrouble: Error, Equatable, CustomStringConvertible {
  /// One sentence for a user.
  public let description: String

  init(_ sentence: String) { description = sentence }
}

public import Configuration
public import Dialogue

/// A value of the configuration that is typed and shown as its text; what its rule refuses, an
/// answer cannot be.
public protocol ConfigurationText: Answer {
  /// Reads the text; the description of an error is the sentence of the refusal.
  init(_ text: String) throws(ConfigurationError)

  /// The text as it is kept.
  var text: String { get }
}

extension ConfigurationText {
  /// Reads an answer by the configuration's own rule.
  public init(answer: String) throws(InvalidAnswer) {
    self = try judged { () throws(ConfigurationError) in try Self(answer) }
  }

  /// The text.
  public var shown: String { text }
}

extension DestinationDomain: ConfigurationText {}
extension DirectoryName: ConfigurationText {}
extension HostName: ConfigurationText {}
extension LDAPHosts: ConfigurationText {}
extension LogName: ConfigurationText {}
extension ObjectName: ConfigurationText {}
extension RemoteHost: ConfigurationText {}
extension Route: ConfigurationText {}
extension RouteDomain: ConfigurationText {}
extension ServedDomain: ConfigurationText {}
extension UserName: ConfigurationText {}

/// Runs one of the configuration's rules over an answer.
func judged<Value>(
  _ read: () throws(ConfigurationError) -> Value
) throws(InvalidAnswer) -> Value {
  do throws(ConfigurationError) {
    return try read()
  } catch {
    throw InvalidAnswer(error.description)
  }
}

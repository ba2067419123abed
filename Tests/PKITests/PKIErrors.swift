import PKI
import Testing

/// Runs a body that must throw a `PKIError` of a code, and gives its message.
@discardableResult
func expectError(
  _ code: PKIError.Code, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) -> String {
  do {
    try body()
    Issue.record("nothing was thrown, \(code.rawValue) expected", sourceLocation: sourceLocation)
    return ""
  } catch let error as PKIError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    return error.message
  } catch {
    Issue.record("not a PKIError: \(error)", sourceLocation: sourceLocation)
    return ""
  }
}

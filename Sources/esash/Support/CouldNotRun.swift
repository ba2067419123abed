import Foundation

/// Why a subcommand could not run; shown on stderr, with status 2.
struct CouldNotRun: Error, CustomStringConvertible {
  let description: String

  init(_ sentence: String) { description = sentence }

  /// The words of whatever went wrong.
  init(_ error: any Error) {
    description = (error as? CocoaError)?.localizedDescription ?? "\(error)"
  }
}

/// Runs a subcommand's work; what it throws is why it could not run.
func orCouldNotRun<Value>(_ work: () async throws -> Value) async throws -> Value {
  do { return try await work() } catch { throw CouldNotRun(error) }
}

/// The same for work that waits for nothing.
func orCouldNotRun<Value>(_ work: () throws -> Value) throws -> Value {
  do { return try work() } catch { throw CouldNotRun(error) }
}

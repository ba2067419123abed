import Foundation

/// Whether a sanitizer is built into what runs, as `scripts/sanitize` says.
///
/// Only for tests that count processor time, of which a sanitizer takes several times as much.
public let isSanitized = ProcessInfo.processInfo.environment["SANITIZER"] != nil

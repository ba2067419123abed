import Foundation

/// The user's folder as a shell's `~` means it: `$HOME`, or else what the system's list of users has.
var homeFolder: String {
  let named = ProcessInfo.processInfo.environment["HOME"] ?? ""
  return named.isEmpty ? NSHomeDirectory() : named
}

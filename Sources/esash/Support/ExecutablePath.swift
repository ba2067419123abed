import Foundation

/// The path of the running program.
let executablePath: String = {
  (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    ?? CommandLine.arguments[0]
}()

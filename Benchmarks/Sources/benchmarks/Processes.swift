import Foundation

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Milliseconds that a closure takes.
func time(_ body: () throws -> Void) rethrows -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  try body()
  return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
}

/// Milliseconds that a program takes, start to end; its failure is an error.
///
/// - Parameter isQuiet: whether what it says on the error stream is thrown away.
@discardableResult
func timeOf(_ program: String, _ arguments: [String], isQuiet: Bool = false) throws -> Double {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = FileHandle.nullDevice
  if isQuiet { process.standardError = FileHandle.nullDevice }
  let taken = try time {
    try process.run()
    process.waitUntilExit()
  }
  guard process.terminationStatus == 0 else {
    throw Failure("\(program) \(arguments.joined(separator: " ")) failed")
  }
  return taken
}

/// Seconds of processor time.
///
/// - Parameter whose: this process's, or that of its children that have ended.
func processorTime(of whose: __rusage_who) -> Double {
  var usage = rusage()
  getrusage(whose.rawValue, &usage)
  return [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
    .reduce(0, +)
}

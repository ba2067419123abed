import CProcess
import Glibc

/// How a program is started: the descriptors and variables that it gets, no others.
///
/// The child begins with no signal blocked or ignored, whatever this process does with them.
public struct Program: Sendable {
  /// The file to execute; a name without a slash is looked for in `PATH`.
  public var path: String
  /// Its arguments, without its own name.
  public var arguments: [String]
  /// Its variables.
  public var environment: [String: String]
  /// The folder that it begins in; nil for this process's own.
  public var folder: String?

  /// Describes a program.
  ///
  /// - Parameters:
  ///   - path: by default the program that runs now.
  ///   - arguments: without its own name.
  ///   - environment: all its variables.
  ///   - folder: the one that it begins in; nil for this process's own.
  public init(
    _ path: String = "/proc/self/exe", arguments: [String], environment: [String: String],
    in folder: String? = nil
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
  }

  /// What becomes the program's standard input, output and error output.
  public enum Streams: Sendable {
    /// The far end of a pseudo-terminal; the program leads a session on it.
    case terminal(PseudoTerminal)
    /// Descriptors of this process; the program leads a session without a terminal.
    case descriptors(input: Int32, output: Int32, errors: Int32)
    /// Those of this process, and its terminal with them.
    case inherited
  }

  /// Starts it.
  ///
  /// - Parameters:
  ///   - streams: its standard streams.
  ///   - others: descriptors that it gets as 3, 4, …
  /// - Returns: the process; somebody must wait for it.
  /// - Throws: `SystemFailure`.
  public func start(_ streams: Streams, others: [Int32] = []) throws(SystemFailure) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Numbers that no action below overwrites before they are used.
    var moved: [Int32] = []
    defer { for descriptor in moved { close(descriptor) } }
    func move(_ descriptor: Int32) throws(SystemFailure) -> Int32 {
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 20)
      guard copy >= 0 else { throw SystemFailure("fcntl", errno) }
      moved.append(copy)
      return copy
    }
    switch streams {
    case .terminal(let terminal):
      posix_spawn_file_actions_addopen(&actions, 0, terminal.farEnd, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    case .descriptors(let input, let output, let errors):
      for (target, descriptor) in [input, output, errors].enumerated() {
        posix_spawn_file_actions_adddup2(&actions, try move(descriptor), Int32(target))
      }
    case .inherited: break
    }
    for (offset, descriptor) in others.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, try move(descriptor), Int32(3 + offset))
    }
    _ = cprocess_close_from(&actions, Int32(3 + others.count))
    if let folder { _ = cprocess_begin_in(&actions, folder) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    if case .inherited = streams {} else { flags |= cprocess_new_session() }
    posix_spawnattr_setflags(&attributes, flags)

    var process = pid_t()
    let name = path.hasPrefix("/proc/") ? "esash" : path
    let code = withCStrings([name] + arguments) { arguments in
      withCStrings(environment.map { "\($0)=\($1)" }) { variables in
        posix_spawnp(&process, path, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw SystemFailure("posix_spawn", code) }
    return process
  }
}

/// A call of the system that failed.
public struct SystemFailure: Error, CustomStringConvertible {
  /// The call and the reason.
  public let description: String

  /// Makes the error of a call that left `code` in errno.
  public init(_ call: String, _ code: Int32) {
    description = "\(call): \(String(cString: strerror(code)))"
  }
}

/// Lends a list of C strings with nil at its end.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}

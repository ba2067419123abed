import CLibEdit
import Glibc

/// The three streams that libedit asks for.
///
/// It reads by a function of ours and writes through `Output`, so that what it prints is complete
/// even where the TTY is non-blocking. Its complaints (an unknown TERM, a mistake in editrc) go
/// nowhere: on the screen they would stand in the middle of a dialogue.
final class LibEditStreams {
  let input: UnsafeMutablePointer<FILE>
  let output: UnsafeMutablePointer<FILE>
  let errors: UnsafeMutablePointer<FILE>
  var errorDescriptor: Int32 { fileno(errors) }

  private let target: Output

  init?(output target: Output) {
    guard let input = fopen("/dev/null", "re"), let errors = fopen("/dev/null", "we"),
      let output = Self.open(target)
    else { return nil }
    self.input = input
    self.output = output
    self.errors = errors
    self.target = target
  }

  private static func open(_ target: Output) -> UnsafeMutablePointer<FILE>? {
    clibedit_stream(Unmanaged.passUnretained(target).toOpaque()) { cookie, bytes, count in
      guard let cookie else { return 0 }
      let target = Unmanaged<Output>.fromOpaque(cookie).takeUnretainedValue()
      // Old terminals got NULs while they moved; to a script they are rubbish.
      target.write(UnsafeRawBufferPointer(start: bytes, count: count).filter { $0 != 0 })
      return count
    }
  }

  deinit {
    fclose(input)
    fclose(output)
    fclose(errors)
  }
}

import FuzzTargets
import Glibc

/// The target that the environment variable `FUZZ_TARGET` names.
///
/// It is no argument: libFuzzer starts itself again with its own.
private let target: FuzzTarget = {
  guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }),
    let target = FuzzTarget.named(name)
  else {
    print("FUZZ_TARGET must be one of \(FuzzTarget.all.map(\.name).joined(separator: ", ")).")
    exit(2)
  }
  return target
}()

/// Feeds the target with one input of libFuzzer's; what does not hold is a crash.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.feedBlocking(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}

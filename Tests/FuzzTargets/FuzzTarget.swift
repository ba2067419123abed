import Dispatch
import Synchronization

/// A parser or a state machine that is fed with bytes which nobody would write.
public struct FuzzTarget: Sendable {
  /// Its name, which is that of its corpus' folder.
  public let name: String
  private let body: Body

  private enum Body {
    case sync(@Sendable ([UInt8]) throws -> Void)
    case async(@Sendable ([UInt8]) async throws -> Void)
  }

  /// Makes a target.
  ///
  /// - Parameter body: feeds it with the bytes, and throws a `BrokenRule` where something does not
  ///   hold; a crash says the same.
  init(_ name: String, _ body: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.name = name
    self.body = .sync(body)
  }

  /// Makes a target that has to wait.
  init(_ name: String, waiting body: @escaping @Sendable ([UInt8]) async throws -> Void) {
    self.name = name
    self.body = .async(body)
  }

  /// Feeds the target.
  ///
  /// - Throws: what does not hold.
  @concurrent
  public func feed(_ bytes: [UInt8]) async throws {
    switch body {
    case .sync(let body): try body(bytes)
    case .async(let body): try await body(bytes)
    }
  }

  /// Feeds the target and blocks the thread meanwhile, which must be none of the concurrency pool's.
  ///
  /// - Throws: what does not hold.
  public func feedBlocking(_ bytes: [UInt8]) throws {
    switch body {
    case .sync(let body): try body(bytes)
    case .async(let body):
      let outcome = Mutex<Result<Void, any Error>>(.success(()))
      let done = DispatchSemaphore(value: 0)
      Task.detached {
        do { try await body(bytes) } catch { outcome.withLock { $0 = .failure(error) } }
        done.signal()
      }
      done.wait()
      try outcome.withLock(\.self).get()
    }
  }

  /// All targets, in the order of their names.
  public static let all: [FuzzTarget] = [
    access, certificates, commandLine, control, credentials, destinations, dnsWire, header, ldap,
    ldapFilter, matcher, peer, pem, pkcs12, routes, savedConfiguration, scp, screen, shell,
    smtpClient, smtpData, smtpServer, transcript, xml, zone,
  ]

  /// The target of a name.
  public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// Something that must hold whatever the input is, and does not.
public struct BrokenRule: Error, Hashable, CustomStringConvertible {
  /// The rule, and what was seen instead.
  public let description: String
}

/// Checks what must hold whatever the input is.
///
/// - Throws: `BrokenRule` with the rule and what was seen.
func require(
  _ holds: Bool, _ rule: String, _ seen: @autoclosure () -> String = ""
) throws(BrokenRule) {
  if !holds { throw BrokenRule(description: "\(rule): \(seen())") }
}

extension Collection<UInt8> {
  /// The bytes as text; what is no UTF-8 becomes replacement characters.
  var text: String { String(decoding: self, as: UTF8.self) }
}

extension String {
  /// Whether a terminal shows the text as it stands: nothing in it moves a cursor.
  var isHarmless: Bool {
    unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
  }
}

public import Configuration
public import Foundation
public import PKI
public import Peers

/// What checks may look at: what was committed, and what the outside sees.
///
/// Each call throws a sentence when it cannot be done, which is no verdict on the learner.
public protocol LabWorld: Sendable {
  /// The present, on the appliance's calendar.
  var now: Date { get }
  /// Whom the outside trusts: the root of the lab's authority.
  func trustedRoots() async throws -> [Certificate]
  /// What was committed last.
  func committed() async throws -> Configuration
  /// The certificates that a service shows to an outside client, as they are sent.
  func certificates(of service: LabService) async throws -> [Certificate]
  /// Sends a message into a listener from outside.
  func send(_ mail: LabMail) async throws -> PeerSender.Delivery
  /// Has the appliance deliver a message, and waits until it is delivered, or waits for another
  /// try.
  ///
  /// - Returns: the lines of the mail log that tell of the message and its connections.
  func deliver(from sender: String, to recipient: String) async throws -> [String]
  /// The lines of the mail log since the lab began.
  func logLines() async throws -> [String]
  /// The alerts that were raised.
  func alerts() async throws -> [String]
  /// The names of the files in the appliance's `configuration` folder.
  func files() async throws -> [String]
  /// Those of them that `saveconfig` wrote, and what `loadconfig` makes of them.
  func backups() async throws -> [LabBackup]
  /// Has the appliance ask the web security service, as `websecuritydiagnostics` does.
  func askWebService() async throws -> LabAnswer
}

/// A saved configuration.
public struct LabBackup: Sendable {
  /// The file.
  public var name: String
  /// What it holds, or why it cannot be loaded.
  public var configuration: Result<Configuration, LabError>

  /// Makes a description.
  public init(name: String, configuration: Result<Configuration, LabError>) {
    self.name = name
    self.configuration = configuration
  }
}

/// What came of a request.
public struct LabAnswer: Hashable, Sendable {
  /// Whether it was answered well.
  public var isGood: Bool
  /// The answer, or why there is no good one.
  public var text: String

  /// Makes a description.
  public init(isGood: Bool, text: String) {
    self.isGood = isGood
    self.text = text
  }
}

/// A service of the appliance that shows a certificate.
public enum LabService: Hashable, Sendable {
  /// A listener, behind STARTTLS.
  case listener(String)
  /// The page of an interface.
  case https(interface: String)
}

/// A message that comes from outside.
public struct LabMail: Hashable, Sendable {
  /// The listener to which it goes.
  public var listener: String
  /// The address from which it comes; nil for a stranger's.
  public var source: String?
  /// The sender without brackets.
  public var sender: String
  /// The recipient without brackets.
  public var recipient: String
  /// What the sending server demands of TLS.
  public var demand: SenderTLS.Demand
  /// The only TLS version that the sending server knows, such as `1.0`; nil for all.
  public var version: String?
  /// The name that `verify` wants; nil for that of the MX host.
  public var serverName: String?
}

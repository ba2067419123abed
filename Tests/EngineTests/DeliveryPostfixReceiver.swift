import Addresses
import Foundation
import NIOCore
import NIOPosix
import PKI
import Peers
import Resolver
import TestSupport
import Transport
@testable import Mail

/// Postfix with a configuration and a queue of its own, as the mail exchanger of partner.example.
///
/// It is run in the foreground by its master, never as the machine's service.
final class PostfixReceiver: Sendable {
  private let folder: String
  private let process: pid_t

  /// Whether it is to be tested: as root where it is installed, and in CI always.
  static var isExpected: Bool {
    isCI || getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")
  }

  /// Starts it and returns when it listens.
  ///
  /// - Parameters:
  ///   - host: its name.
  ///   - name: the name on its certificate; nil for its own.
  init(_ world: DeliveryWorld, host: String, named name: String? = nil) async throws {
    folder = world.directory.path("postfix")
    let address = world.lab.map.endpoint(of: IPv4Address(bits: 0x0A00_0001), port: 25)
    try await Self.configure(folder, world, host, name ?? host, address)
    process = try Self.spawn(["/usr/lib/postfix/sbin/master", "-c", "\(folder)/etc", "-d"])
    let dialer = Dialer(group: MultiThreadedEventLoopGroup.singleton, map: .real)
    try await eventually("Postfix listens", within: .seconds(30)) {
      let channel = try? await dialer.connect(
        to: address.address, port: address.port, from: nil, within: .seconds(5)
      ) { _ in }
      try await channel?.close()
      return channel != nil
    }
  }

  /// What the mailbox of partner.example holds.
  var received: String {
    (try? String(contentsOfFile: "\(folder)/mail/all", encoding: .utf8)) ?? ""
  }

  /// Ends it, and all that it has started.
  func stop() async throws {
    kill(process, SIGTERM)
    try await eventually("Postfix ends") {
      var status: Int32 = 0
      return waitpid(self.process, &status, WNOHANG) == self.process
    }
  }

  /// Foundation's `Process` would wait for its children on threads that tests need.
  private static func spawn(_ command: [String]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in 0...2 as ClosedRange<Int32> {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    // A process group of its own, which its master ends as one; and no signal is blocked, as
    // they are on many threads here.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))
    let arguments = command.map { strdup($0) } + [nil]
    let environment = [strdup("PATH=/usr/sbin:/usr/bin"), nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let result = posix_spawn(
      &process, command[0], &actions, &attributes, arguments, environment)
    guard result == 0 else { throw Surprise("\(command[0]) cannot be started: \(result)") }
    return process
  }

  private static func configure(
    _ folder: String, _ world: DeliveryWorld, _ host: String, _ name: String, _ endpoint: Endpoint
  ) async throws {
    let files = FileManager.default
    for part in ["etc", "queue", "data", "mail"] {
      try files.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
    }
    for part in queues {
      try files.createDirectory(
        atPath: "\(folder)/queue/\(part)", withIntermediateDirectories: true)
    }
    let authority = try await world.lab.authority.open(at: .testMoment)
    let key = try await world.lab.authority.key(of: name)
    let certificate = try authority.certify(.host(name, at: .testMoment), key: key)
    let pem = key.pem + certificate.pem + authority.newIntermediate.certificate.pem
    try Data(pem.utf8).write(to: URL(filePath: "\(folder)/etc/chain.pem"))
    try Data(main(folder, host).utf8).write(to: URL(filePath: "\(folder)/etc/main.cf"))
    try Data(master(endpoint).utf8).write(to: URL(filePath: "\(folder)/etc/master.cf"))
    // Postfix gives up root for its own user, who must get through the folders above.
    chmod(world.directory.path, 0o711)
    chmod("\(folder)/etc/chain.pem", 0o644)
    let (postfix, postdrop) = (user("postfix"), group("postdrop"))
    for part in ["data", "mail"] { chown("\(folder)/\(part)", postfix, 0) }
    for part in queues where part != "pid" { chown("\(folder)/queue/\(part)", postfix, 0) }
    for part in ["maildrop", "public"] { chown("\(folder)/queue/\(part)", postfix, postdrop) }
  }

  private static func main(_ folder: String, _ host: String) -> String {
    """
    compatibility_level = 3.6
    queue_directory = \(folder)/queue
    data_directory = \(folder)/data
    command_directory = /usr/sbin
    daemon_directory = /usr/lib/postfix/sbin
    mail_owner = postfix
    myhostname = \(host)
    mydestination =
    mynetworks =
    alias_maps =
    local_recipient_maps =
    maillog_file = \(folder)/data/log
    maillog_file_prefixes = \(folder)
    virtual_mailbox_domains = partner.example
    virtual_mailbox_base = \(folder)/mail
    virtual_mailbox_maps = static:all
    virtual_uid_maps = static:\(user("postfix"))
    virtual_gid_maps = static:\(group("postfix"))
    virtual_minimum_uid = 1
    smtpd_relay_restrictions = reject_unauth_destination
    smtpd_tls_security_level = encrypt
    smtpd_tls_chain_files = \(folder)/etc/chain.pem
    smtpd_peername_lookup = no
    inet_protocols = ipv4

    """
  }

  private static let queues = [
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop",
    "pid", "private", "public", "saved", "trace",
  ]

  private static func user(_ name: String) -> uid_t { getpwnam(name)?.pointee.pw_uid ?? 0 }

  private static func group(_ name: String) -> gid_t { getgrnam(name)?.pointee.gr_gid ?? 0 }

  private static func master(_ endpoint: Endpoint) -> String {
    """
    \(endpoint.address):\(endpoint.port) inet n - n - - smtpd
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    error unix - - n - - error
    virtual unix - n n - - virtual
    anvil unix - - n - 1 anvil
    scache unix - - n - 1 scache
    tlsmgr unix - - n 1000? 1 tlsmgr
    postlog unix-dgram n - n - 1 postlogd

    """
  }
}

import Foundation

/// A Postfix of the benchmark's own, as root runs it: the peer in every comparison.
///
/// What it takes lies durably in its hold queue, so that no delivery disturbs the measurement, unless
/// it is told where to deliver.
final class PostfixServer {
  let address = "127.0.0.1"
  let port: Int
  private let folder: String

  /// - Throws: `Failure` where there is no Postfix, or no root to run it.
  static func require() throws {
    guard geteuid() == 0, FileManager.default.fileExists(atPath: "/usr/sbin/postfix") else {
      throw Failure("Postfix must be installed, and root must run it")
    }
  }

  /// Starts it.
  ///
  /// - Parameter delivery: the domains that it delivers to, and the slot of their network.
  init(
    in folder: String, port: Int, certificate: String, key: String,
    delivering delivery: (domains: ManyDomains, slot: Int)?
  ) throws {
    self.port = port
    self.folder = folder
    for name in ["etc", "queue", "data"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    guard let owner = getpwnam("postfix") else { throw Failure("Postfix is not installed.") }
    chown("\(folder)/data", owner.pointee.pw_uid, owner.pointee.pw_gid)
    let fate: String
    if let delivery {
      try delivery.domains.transports(slot: delivery.slot)
        .write(toFile: "\(folder)/etc/transport", atomically: true, encoding: .utf8)
      fate = "transport_maps = texthash:\(folder)/etc/transport"
    } else {
      fate = "smtpd_data_restrictions = check_sender_access static:HOLD"
    }
    let settings = """
      compatibility_level = 3.6
      queue_directory = \(folder)/queue
      data_directory = \(folder)/data
      maillog_file = \(folder)/queue/maillog
      maillog_file_prefixes = \(folder)
      myhostname = postfix.example
      mydestination =
      inet_protocols = ipv4
      inet_interfaces = 127.0.0.1
      alias_maps =
      alias_database =
      mynetworks = 127.0.0.0/8
      smtpd_recipient_restrictions = permit_mynetworks, reject
      \(fate)
      smtpd_peername_lookup = no
      smtpd_client_connection_count_limit = 0
      default_process_limit = 200
      in_flow_delay = 0
      smtpd_tls_security_level = may
      smtpd_tls_cert_file = \(certificate)
      smtpd_tls_key_file = \(key)
      smtpd_tls_loglevel = 1
      smtpd_tls_protocols = >=TLSv1.2, <=TLSv1.2
      tls_ssl_options = NO_TICKET

      """
    let master = """
      127.0.0.1:\(port) inet n - n - 1000 smtpd
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      tlsmgr unix - - n 1000? 1 tlsmgr
      rewrite unix - - n - - trivial-rewrite
      anvil unix - - n - 1 anvil
      smtp unix - - n - - smtp
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      proxymap unix - - n - - proxymap
      postlog unix-dgram n - n - 1 postlogd

      """
    try settings.write(toFile: "\(folder)/etc/main.cf", atomically: true, encoding: .utf8)
    try master.write(toFile: "\(folder)/etc/master.cf", atomically: true, encoding: .utf8)
    try timeOf("/usr/sbin/postfix", ["-c", "\(folder)/etc", "start"])
  }

  var processes: ProcessTree {
    get throws {
      let text = try String(contentsOfFile: "\(folder)/queue/pid/master.pid", encoding: .utf8)
      guard let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
        throw Failure("Postfix does not run.")
      }
      return ProcessTree(root: pid)
    }
  }

  func stop() { _ = try? timeOf("/usr/sbin/postfix", ["-c", "\(folder)/etc", "stop"]) }
}

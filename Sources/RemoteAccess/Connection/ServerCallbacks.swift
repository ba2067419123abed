import CLibSSH
import PKI

/// libssh's questions about a client, with the functions that answer them.
final class ServerCallbacks {
  let pointer: UnsafeMutablePointer<ssh_server_callbacks_struct>

  /// - Parameter connection: must outlive the callbacks.
  init(of connection: SSHConnection) {
    pointer = .allocate(capacity: 1)
    var callbacks = ssh_server_callbacks_struct()
    callbacks.size = MemoryLayout<ssh_server_callbacks_struct>.size
    callbacks.userdata = Unmanaged.passUnretained(connection).toOpaque()
    callbacks.auth_none_function = answerNone
    callbacks.auth_password_function = answerPassword
    callbacks.auth_pubkey_function = answerKey
    callbacks.channel_open_request_session_function = answerChannel
    pointer.initialize(to: callbacks)
  }

  deinit { pointer.deallocate() }
}

private let success = Int32(SSH_AUTH_SUCCESS.rawValue)
private let denied = Int32(SSH_AUTH_DENIED.rawValue)

private func connection(_ data: UnsafeMutableRawPointer) -> SSHConnection {
  Unmanaged<SSHConnection>.fromOpaque(data).takeUnretainedValue()
}

/// Clients begin with no method at all, to learn which there are.
private func answerNone(
  _ session: ssh_session?, _ user: UnsafePointer<CChar>?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  if let data { connection(data).desk.ask() }
  return denied
}

private func answerPassword(
  _ session: ssh_session?, _ user: UnsafePointer<CChar>?, _ password: UnsafePointer<CChar>?,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guard let user, let password, let data else { return denied }
  let connection = connection(data)
  guard
    connection.desk.enter(String(cString: user), passphrase: String(cString: password))
  else { return denied }
  connection.letIn()
  return success
}

/// Called twice: a client first asks whether a key would do, and then signs with it.
private func answerKey(
  _ session: ssh_session?, _ user: UnsafePointer<CChar>?, _ key: ssh_key?, _ state: CChar,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guard let user, let key, let data, let key = SSHPublicKey(key) else { return denied }
  let connection = connection(data)
  let name = String(cString: user)
  switch Int32(state) {
  case SSH_PUBLICKEY_STATE_NONE.rawValue:
    return connection.desk.knows(key, of: name) ? success : denied
  case SSH_PUBLICKEY_STATE_VALID.rawValue:
    guard connection.desk.enter(name, key: key) else { return denied }
    connection.letIn()
    return success
  default: return denied
  }
}

private func answerChannel(_ session: ssh_session?, _ data: UnsafeMutableRawPointer?)
  -> ssh_channel?
{
  guard let data else { return nil }
  return connection(data).openChannel()
}

extension SSHPublicKey {
  /// A key as libssh has it; nil for one that is too weak for the appliance.
  fileprivate init?(_ key: ssh_key) {
    var text: UnsafeMutablePointer<CChar>?
    guard ssh_pki_export_pubkey_base64(key, &text) == SSH_OK, let text,
      let name = ssh_key_type_to_char(ssh_key_type(key))
    else { return nil }
    defer { ssh_string_free_char(text) }
    guard let key = try? SSHPublicKey("\(String(cString: name)) \(String(cString: text))") else {
      return nil
    }
    self = key
  }
}

import Configuration
import Control
import Dialogue

/// `telnet`: a conversation by hand with a remote host, from one of the appliance's addresses.
struct Telnet {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    switch context.arguments.count {
    case 0:
      let interface = try await context.chooseInterface(
        "Please select which interface you want to telnet from.", present: nil)
      let host = try await c.ask("Enter the remote hostname or IP.")
      let port = try await c.ask("Enter the remote port.", in: 1...65535, default: 25)
      try await talk(with: host, port, from: interface)
    case 1: try await talk(with: context.arguments[0], 25, from: nil)
    case 2:
      guard let port = Int(context.arguments[1]), (1...65535).contains(port) else {
        throw InvalidArguments()
      }
      try await talk(with: context.arguments[0], port, from: nil)
    default: throw InvalidArguments()
    }
  }

  private func talk(with host: String, _ port: Int, from interface: String?) async throws {
    guard let connection = try await connect(to: host, port, from: interface) else {
      await c.say("telnet: Unable to connect to remote host")
      context.hasFailed = true
      return
    }
    do {
      try await converse(on: connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  /// Tries the host's addresses in turn.
  ///
  /// - Returns: nil when none can be connected to.
  private func connect(to host: String, _ port: Int, from interface: String?) async throws
    -> (any RemoteConnection)?
  {
    let (c, dialing) = (c, context.outside.dialing)
    return try await c.interruptible {
      let addresses = try await dialing.addresses(of: host)
      await c.say()
      for address in addresses {
        await c.say("Trying \(address)...")
        do {
          let connection = try await dialing.connect(to: address, port: port, from: interface)
          await c.say("Connected to \(host).\nEscape character is '^]'.")
          return connection
        } catch {
          try Task.checkCancellation()
          await c.say("telnet: connect to address \(address): \(error)")
        }
      }
      return nil
    }
  }

  /// Shows what the other end says, then sends a line, in turns, until one of the two ends it.
  private func converse(on connection: any RemoteConnection) async throws {
    var isInMessage = false
    while true {
      if !isInMessage {
        guard let reply = try await hear(connection) else {
          return await c.say("Connection closed by foreign host.")
        }
        isInMessage = reply.opensMessage
      }
      let line = try await c.readLine(Prompt(bracket: "> "))
      guard let line, !Self.escapes.contains(line) else { return await c.say("Connection closed.") }
      if line == "." { isInMessage = false }
      await connection.send(line + "\r\n")
    }
  }

  /// The key ^], or what shows as it.
  private static let escapes: Set<String> = ["\u{1D}", "^]"]

  /// Shows what the other end says until it is the user's turn.
  ///
  /// - Returns: nil when the other end has closed.
  private func hear(_ connection: any RemoteConnection) async throws -> RemoteReply? {
    let c = c
    return try await c.interruptible {
      var reply = RemoteReply()
      var isOpen = true
      while isOpen, let patience = reply.patience {
        switch await connection.receive(within: patience) {
        case .bytes(let bytes):
          for line in reply.append(bytes) { await c.say(line) }
        case .silence: reply.fallSilent()
        case .end: isOpen = false
        }
        try Task.checkCancellation()
      }
      if let rest = reply.rest { await c.say(rest) }
      return isOpen ? reply : nil
    }
  }
}

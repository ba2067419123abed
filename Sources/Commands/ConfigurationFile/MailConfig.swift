import Configuration
import Control
import Dialogue
import Foundation

/// `mailconfig`: sends the committed configuration by mail (G7).
struct MailConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let addresses = try await c.ask(
      "Please enter the email address to which you want to send the configuration file.\n"
        + "Separate multiple addresses with commas.", as: MailAddresses.self)
    let file = SaveConfig(context: context)
    let document = try await file.document(try await file.ask())
    let isOnItsWay = try await context.outside.mail.submit(
      from: "esa@\(context.hostName)", to: addresses.list,
      text: message(to: addresses, document.bytes(lineEnd: .lineFeed), name: file.name))
    await c.say("\nThe configuration file has been sent to \(addresses.shown).")
    if !isOnItsWay {
      await c.say("Nothing serves this appliance at present; the message waits until it is served.")
    }
  }

  /// A message with the file attached (RFC 2046 §5.1, RFC 2183).
  private func message(to addresses: MailAddresses, _ bytes: [UInt8], name: String) -> String {
    let boundary = "=_\(name.filter { $0.isLetter || $0.isNumber })"
    let file = Data(bytes).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithLineFeed,
    ])
    return """
      From: esa@\(context.hostName)
      To: \(addresses.shown)
      Subject: Configuration of \(context.hostName)
      Date: \(DateText.mail(context.now))
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="\(boundary)"

      --\(boundary)
      Content-Type: text/plain; charset=us-ascii

      The committed configuration of \(context.hostName) is attached.

      --\(boundary)
      Content-Type: text/xml; charset=iso-8859-1; name="\(name)"
      Content-Disposition: attachment; filename="\(name)"
      Content-Transfer-Encoding: base64

      \(file)

      --\(boundary)--

      """
  }
}

/// Mail addresses, parted by commas.
struct MailAddresses: Answer {
  let list: [String]

  init(answer: String) throws(InvalidAnswer) {
    var list: [String] = []
    for part in answer.split(separator: ",") {
      list.append(try MailAddress(answer: String(part).trimmingBlanks).text)
    }
    guard !list.isEmpty else { throw InvalidAnswer("An email address looks like joe@example.com.") }
    self.list = list
  }

  var shown: String { list.joined(separator: ", ") }
}

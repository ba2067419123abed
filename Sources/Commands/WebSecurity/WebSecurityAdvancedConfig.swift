import Configuration
import Dialogue

/// `websecurityadvancedconfig`: where the web security service is, and how it is asked.
struct WebSecurityAdvancedConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    var settings = context.draft.urlFiltering
    settings.lookupTimeout = try await c.ask(
      "Enter URL lookup timeout in seconds:", in: URLFilteringSettings.lookupTimeoutRange,
      default: settings.lookupTimeout)
    settings.maxURLsPerAttachment = try await c.ask(
      "Enter the maximum number of URLs that can be scanned in the attachments in a\nmessage:",
      in: URLFilteringSettings.urlRange, default: settings.maxURLsPerAttachment)
    settings.maxURLsPerBody = try await c.ask(
      "Enter the maximum number of URLs that can be scanned in a message body:",
      in: URLFilteringSettings.urlRange, default: settings.maxURLsPerBody)
    settings.service = try await c.ask(
      "Enter the Web security service hostname:", as: HostName.self,
      default: HostName(settings.service)
    ).text
    settings.verifiesService = try await c.confirm(
      "Do you want to verify server certificate?", default: settings.verifiesService)
    settings.rewritesText = try await c.confirm(
      "Do you want to rewrite both the URL text and the href in the message? N leaves\n"
        + "the text as it was written and changes the href only.", default: settings.rewritesText)
    settings.addsHeaders = try await c.confirm(
      "Do you want to include additional headers?", default: settings.addsHeaders)
    context.draft.urlFiltering = settings
  }
}

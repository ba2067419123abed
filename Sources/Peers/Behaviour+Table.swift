import SMTP
import TLS

extension Behaviour {
  /// All behaviours in the order of the manual.
  public static let all =
    conversations + handshakes + certificates + transactions + faults + services

  /// The behaviour of a name.
  public static func named(_ name: String) -> Behaviour? { all.first { $0.name == name } }

  private static let conversations = [
    Behaviour("good", "Takes all mail, with TLS 1.2 or 1.3 and a chain that verifies."),
    Behaviour("banner-554", "Refuses the connection in its banner.") { $0.banner = .refusal },
    Behaviour("plain", "Speaks no ESMTP: EHLO is refused with 502, HELO is understood.") {
      $0.hello = .unknown
      $0.startTLS = .missing
    },
    Behaviour("no-starttls", "Lists no STARTTLS and does not know the command.") {
      $0.startTLS = .missing
    },
    Behaviour("starttls-first-line", "Carries STARTTLS in EHLO's first line but does not list it.")
    {
      $0.hello = .misleading
      $0.startTLS = .missing
    },
    Behaviour("starttls-454", "Lists STARTTLS and answers it with 454: not now.") {
      $0.startTLS = .refused(Reply(454, "TLS not available due to temporary reason"))
    },
    Behaviour("starttls-5xx", "Lists STARTTLS and answers it with 554: never.") {
      $0.startTLS = .refused(Reply(554, "5.7.3 Unable to initialize security subsystem"))
    },
  ]

  private static let handshakes = [
    Behaviour("handshake-abort", "Says 220 to STARTTLS and hangs up in the handshake.") {
      $0.startTLS = .aborted
    },
    Behaviour("no-shared-cipher", "Knows only ciphers without encryption, which nobody offers.") {
      $0.versions = .tls10 ... .tls12
      $0.ciphers = "eNULL"
    },
    Behaviour("old-tls", "Knows TLS 1.0 only.") { $0.versions = .tls10 ... .tls10 },
    Behaviour(
      "client-certificate-required", "Wants a certificate of the lab's authority from its clients."
    ) { $0.demandsCertificate = true },
  ]

  private static let certificates = [
    Behaviour("self-signed", "Shows a certificate that nobody stands behind.") {
      $0.presentation = .selfSigned
    },
    Behaviour("expired", "Shows a certificate that expired yesterday.") {
      $0.presentation = .expired
    },
    Behaviour("not-yet-valid", "Shows a certificate that is valid from tomorrow on.") {
      $0.presentation = .notYetValid
    },
    Behaviour("wrong-name", "Shows a certificate for another host.") {
      $0.presentation = .wrongName
    },
    Behaviour("wrong-chain-order", "Sends the root before the intermediate.") {
      $0.presentation = .wrongOrder
    },
    Behaviour("duplicate-intermediate", "Sends its intermediate twice.") {
      $0.presentation = .duplicateIntermediate
    },
    Behaviour("missing-intermediate", "Sends no intermediate.") {
      $0.presentation = .missingIntermediate
    },
    Behaviour("expired-intermediate", "Sends an intermediate that expired yesterday.") {
      $0.presentation = .expiredIntermediate
    },
    Behaviour("revoked", "Shows a certificate that its authority has revoked.") {
      $0.presentation = .revoked
    },
    Behaviour("dane-good", "Shows the key that the TLSA record names."),
    Behaviour("dane-bad", "Shows another key than the TLSA record names.") {
      $0.presentation = .otherKey
    },
  ]

  private static let transactions = [
    Behaviour("greylist", "Refuses recipients with 451 at their first try.") {
      $0.recipients = .greylisted
    },
    Behaviour("drop-after-data", "Takes the message and hangs up without a reply to it.") {
      $0.content = .dropped
    },
    Behaviour("slow", "Waits three seconds before each reply.") { $0.pace = .delayed(.seconds(3)) },
  ]

  private static let faults = [
    Behaviour("one-byte-a-second", "Sends its replies byte by byte, one a second.") {
      $0.pace = .trickling(.seconds(1))
    },
    Behaviour("black-hole", "Accepts connections and never says a word.") { $0.pace = .silent },
    Behaviour("half-close", "Ends its own direction behind the banner.") { $0.fault = .halfClosed },
    Behaviour("reset", "Resets the connection at the first command after EHLO.") {
      $0.fault = .reset
    },
  ]

  private static let services = [
    Behaviour(
      "web-service", "Answers HTTPS requests of clients with a certificate of the lab's authority."
    ) {
      $0.application = .web
      $0.demandsCertificate = true
    },
    Behaviour("web-service-open", "Answers HTTPS requests and asks for no certificate.") {
      $0.application = .web
    },
  ]
}

public import ArgumentParser
import Foundation
import PKI
import Peers

/// `esash ca sign`.
struct CASign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Answer a certificate signing request.",
    discussion: """
      The certificate has the request's subject and key. Its alternative names are those of the \
      request, or else its common name. What is written is PEM: the certificate and its issuer, \
      unless --chain says otherwise.
      """)

  @OptionGroup var authority: AuthorityOption
  @Argument(help: "The request in PEM; '-' for the standard input.") var request: String
  @Option(name: .long, help: "How many days it is valid, 1 to 3650.") var days = 365
  @Option(name: .long, help: "An alternative name; may be given more than once.")
  var san: [String] = []
  @Flag(name: .long, help: "No alternative names.") var noSan = false
  @Option(name: .long, help: "The extended key usage.") var eku = Usage.both
  @Flag(name: .long, help: "DER, which holds the certificate alone.") var der = false
  @Flag(name: .long, help: "A PKCS#7 container; with --der in DER form.") var p7b = false
  @Option(
    name: .long,
    help: "Which certificates, in which order; none is as leaf (default: full).")
  var chain: IssuedChain?
  @Option(name: .long, help: "The intermediate that signs.")
  var intermediate = Authority.Intermediate.new
  @Flag(name: .long, help: "A certificate that expired yesterday.") var expired = false
  @Option(name: .long, help: "A file for the answer (default: the standard output).")
  var out: String?

  /// What a certificate may be used for.
  enum Usage: String, CaseIterable, ExpressibleByArgument {
    case server, client, both

    fileprivate var purposes: CertificatePurposes {
      switch self {
      case .server: .serverAuthentication
      case .client: .clientAuthentication
      case .both: .tls
      }
    }
  }

  func validate() throws {
    if noSan, !san.isEmpty { throw ValidationError("Give --san or --no-san, not both.") }
    if der, !p7b, let chain, chain != .leaf, chain != .nothing {
      throw ValidationError("DER holds one certificate: add --p7b, or leave out --chain.")
    }
  }

  func run() async throws {
    try await orCouldNotRun {
      let request = try PEMContainer(bytes: CommandFiles.read(request)).requireRequest()
      let authority = try self.authority.folder.openExisting()
      let certificate = try authority.answer(request, order, at: await self.authority.now())
      let certificates = authority.chain(
        chain ?? (der && !p7b ? .leaf : .full), of: certificate, by: intermediate)
      try CommandFiles.write(encode(certificates), to: out, isBinary: der)
    }
  }

  private var order: SigningOrder {
    var order = SigningOrder()
    order.days = days
    if noSan { order.names = .none } else if !san.isEmpty { order.names = .chosen(san) }
    order.purposes = eku.purposes
    order.intermediate = intermediate
    order.isExpired = expired
    return order
  }

  private func encode(_ certificates: [Certificate]) throws -> [UInt8] {
    if p7b {
      let bundle = try PKCS7Bundle(certificates)
      return der ? bundle.der : Array(bundle.pem.utf8)
    }
    return der ? certificates[0].der : Array(certificates.map(\.pem).joined().utf8)
  }
}

extension Authority.Intermediate: ExpressibleByArgument {}
extension IssuedChain: ExpressibleByArgument {}

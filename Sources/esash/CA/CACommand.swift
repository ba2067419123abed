public import ArgumentParser
import Foundation
import PKI
import Peers

/// `esash ca`: the certificate authority of the lab.
struct CACommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ca", abstract: "A certificate authority for practice.",
    discussion: """
      A root, an old and a new intermediate under it, and a former root that has certified the new \
      intermediate too (a cross-sign). Without --ca it is the authority that also certifies the \
      peers around the appliance. Dates go by the appliance's calendar. Status: 0 done, 2 not.
      """,
    subcommands: [Init.self, CASign.self, Revoke.self, CRL.self])

  /// `esash ca init`.
  struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Make the authority.")

    @OptionGroup var authority: AuthorityOption
    @Flag(name: .long, help: "Keys of RSA 2048 in place of ECDSA P-256.") var rsa = false

    func run() async throws {
      try await orCouldNotRun {
        let folder = authority.folder
        let made = try await folder.create(
          at: authority.now(), algorithm: rsa ? .rsa(bits: 2048) : .p256)
        print("The authority is in \(folder.path).")
        for (file, certificate) in folder.certificates(of: made) {
          print("  \(file): \(certificate.commonName), by \(certificate.issuer.commonName)")
        }
        print("Clients import root.pem.")
      }
    }
  }

  /// `esash ca revoke`.
  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Revoke a certificate that the authority has issued.",
      discussion: "Of a file with a chain, the certificate that is no authority's is meant.")

    @OptionGroup var authority: AuthorityOption
    @Argument(help: "The certificate, in PEM or DER; '-' for the standard input.")
    var certificate: String

    func run() async throws {
      try await orCouldNotRun {
        let bytes = try CommandFiles.read(certificate)
        let all =
          try (try? [Certificate(der: bytes)])
          ?? PEMContainer(bytes: bytes).requireCertificates()
        let revoked = all.first { !$0.isAuthority } ?? all[0]
        let folder = authority.folder
        try await folder.revoke(revoked, by: folder.openExisting(), at: authority.now())
        print("Revoked: \(revoked.subject), serial number \(revoked.serialNumber).")
        print("The lists are in \(folder.revocationFile).")
      }
    }
  }

  /// `esash ca crl`.
  struct CRL: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "crl", abstract: "Make the revocation lists anew, good for a week.",
      discussion: "They are written to crl.pem of the authority's folder, and here.")

    @OptionGroup var authority: AuthorityOption
    @Option(name: .long, help: "Only the list of this issuer.")
    var issuer: Authority.ListIssuer?
    @Flag(name: .long, help: "DER in place of PEM; needs --issuer.") var der = false
    @Option(name: .long, help: "A file for the lists (default: the standard output).")
    var out: String?

    func validate() throws {
      if der, issuer == nil { throw ValidationError("DER holds one list: add --issuer.") }
    }

    func run() async throws {
      try await orCouldNotRun {
        let folder = authority.folder
        let lists = try await folder.renewLists(of: folder.openExisting(), at: authority.now())
        let wanted = zip(Authority.ListIssuer.allCases, lists)
          .filter { issuer == nil || issuer == $0.0 }.map(\.1)
        var bytes = Array(wanted.joined().utf8)
        if der { bytes = try RevocationList.lists(in: bytes)[0].der }
        try CommandFiles.write(bytes, to: out, isBinary: der)
      }
    }
  }
}

extension Authority.ListIssuer: ExpressibleByArgument {}

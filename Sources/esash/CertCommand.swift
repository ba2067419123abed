import ArgumentParser
import Configuration
import ConfigurationStore
import Foundation
import PKI
import Reports

/// `esash cert`: pictures of certificates.
struct CertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cert", abstract: "Look at the certificates of an appliance.",
    subcommands: [Tree.self])

  /// `esash cert tree`.
  struct Tree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tree", abstract: "Draw the chain of a committed certificate profile.",
      discussion: """
        It shows the chain from the authority at its top down to the certificate, what is wrong \
        with it, and which services present it. It is judged as a client would that trusts the \
        machine's list of authorities, the appliance's own list where that is enabled, and the \
        lab's root.
        """)

    @OptionGroup var place: ApplianceOption
    @Option(name: .long, help: "Write one self-contained page to this file.") var html: String?
    @Argument(help: "The name of the profile, as certconfig lists it.") var name: String

    func run() async throws {
      try await orCouldNotRun {
        let picture = try await picture()
        if let html {
          try CommandFiles.write(Array(picture.html.utf8), to: html)
        } else {
          print(picture.text(.standardOutput), terminator: "")
        }
      }
    }

    private func picture() async throws -> ChainPicture {
      let appliance = try await place.openExisting()
      let configuration = try await appliance.store.committed().configuration
      guard let profile = configuration.certificates[name] else {
        let names = configuration.certificates.names.joined(separator: ", ")
        throw CouldNotRun("There is no committed certificate \"\(name)\"; there are \(names).")
      }
      return try ChainPicture(
        title: name, services: configuration.services(using: name),
        chain: CertificateChain(
          leaf: profile.certificate, intermediates: profile.intermediates),
        lists: TrustLists(around: appliance, configuration),
        at: appliance.environment.calendar.now)
    }
  }
}

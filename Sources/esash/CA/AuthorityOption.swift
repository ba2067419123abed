import ArgumentParser
import ConfigurationStore
import Foundation
import PKI
import Peers

/// Which authority `esash ca` works on, and what time it is there.
struct AuthorityOption: ParsableArguments {
  @OptionGroup var place: ApplianceOption
  @Option(
    name: .customLong("ca"), help: "The authority's folder (default: network/ca of the appliance).")
  var path: String?

  /// The folder, by its absolute path.
  var folder: AuthorityFolder {
    let path = path ?? "\(place.directory)/network/ca"
    return AuthorityFolder(URL(fileURLWithPath: path).standardizedFileURL.path)
  }

  /// The present: the appliance's calendar, or the real one where there is no appliance.
  func now() async throws -> Date {
    guard Appliance.exists(place.directory) else { return Date() }
    return try await place.open().environment.calendar.now
  }
}

import Configuration
import TestSupport

extension FuzzTarget {
  /// The file of destination controls.
  ///
  /// What was imported is exported as a file that says the same; a refused file changes nothing.
  static let destinations = FuzzTarget(
    "destinations",
    waiting: { bytes in
      let factory = try await factory.value
      var configuration = factory
      do {
        try configuration.importDestinations(bytes, release: .release14)
      } catch {
        try require("\(error)".isHarmless, "a sentence moves no cursor", "\(error)")
        return try require(configuration == factory, "a refused file changes nothing")
      }
      let written = configuration.destinationFile(release: .release14)
      var again = factory
      try again.importDestinations(Array(written.utf8), release: .release14)
      try require(again == configuration, "controls are imported as they were exported", written)
      for name in configuration.destinations.names {
        try require(
          configuration.destinationEntry(for: "a" + name) != nil || name.first != ".",
          "an entry for sub-domains rules them", name)
      }
    })

  /// A configuration with a certificate, which the file names.
  private static let factory = Task { try await Configuration.factory(pool: .shared) }

  /// The file of SMTP routes, likewise.
  static let routes = FuzzTarget("routes") { bytes in
    var configuration = Configuration()
    do {
      try configuration.importRoutes(bytes)
    } catch {
      try require("\(error)".isHarmless, "a sentence moves no cursor", "\(error)")
      return try require(configuration == Configuration(), "a refused file changes nothing")
    }
    let written = configuration.routeFile
    var again = Configuration()
    try again.importRoutes(Array(written.utf8))
    try require(again == configuration, "routes are imported as they were exported", written)
    for (name, route) in configuration.routes.all where name.first != "." {
      try require(configuration.routes.route(for: name) == route, "a route is found", name)
    }
  }
}

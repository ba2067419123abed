extension Configuration {
  /// Routes have names and hosts that a dialogue would have taken, whatever a loaded file says.
  func verifyRoutes() throws(ConfigurationError) {
    let bad = routes.values.filter { name, stored in
      guard let route = stored.value as? Route else { return true }
      return (try? RouteDomain(name))?.text != name || (try? route.verify()) == nil
    }.keys.min()
    guard let bad else { return }
    do throws(ConfigurationError) {
      guard try RouteDomain(bad).text == bad else {
        throw ConfigurationError("Its name is not in small letters.")
      }
      try routes[bad]?.verify()
    } catch {
      throw ConfigurationError("The SMTP route \"\(bad.printable)\" is impossible. \(error)")
    }
  }
}

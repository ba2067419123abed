// SMTP routes as a file: a line for each, `example.com mx.example.com:26/pri=10, 10.0.0.1`.
extension Configuration {
  /// All SMTP routes as the file that `smtproutes` > EXPORT writes.
  public var routeFile: String {
    routes.all.map { domain, route in "\(domain) \(route.text)\n" }.joined()
  }

  /// Takes all SMTP routes from a file: they replace those there are.
  ///
  /// - Throws: `ConfigurationError` that names the line; then nothing has changed.
  public mutating func importRoutes(_ bytes: [UInt8]) throws(ConfigurationError) {
    var entries: [String: AnyConfigurationValue] = [:]
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      do throws(ConfigurationError) {
        let end = line.firstIndex { $0.isWhitespace } ?? line.endIndex
        let domain = try RouteDomain(String(line[..<end]))
        let hosts = line[end...].trimmed
        guard !hosts.isEmpty else { throw ConfigurationError("The route has no host.") }
        let value = AnyConfigurationValue(try Route(hosts))
        guard entries.updateValue(value, forKey: domain.text) == nil else {
          throw ConfigurationError("The route for \(domain.text) stands there twice.")
        }
      } catch {
        throw ConfigurationError("line \(index + 1): \(error)")
      }
    }
    routes.values = entries
  }
}

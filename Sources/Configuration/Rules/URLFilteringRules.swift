extension Configuration {
  /// Limits that make sense, and a service that has a name.
  func verifyURLFiltering() throws(ConfigurationError) {
    let limits: [(what: String, value: Int, range: ClosedRange<Int>)] = [
      ("seconds", urlFiltering.lookupTimeout, URLFilteringSettings.lookupTimeoutRange),
      ("URLs in a body", urlFiltering.maxURLsPerBody, URLFilteringSettings.urlRange),
      ("URLs in attachments", urlFiltering.maxURLsPerAttachment, URLFilteringSettings.urlRange),
    ]
    for limit in limits where !limit.range.contains(limit.value) {
      throw ConfigurationError(
        "URL filtering has the impossible limit of \(limit.value) \(limit.what).")
    }
    guard (try? HostName(urlFiltering.service)) != nil else {
      throw ConfigurationError(
        "URL filtering has a service with the impossible hostname "
          + "\"\(urlFiltering.service.printable)\".")
    }
  }
}

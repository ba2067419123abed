// Destination controls as a file: INI, `[DEFAULT]` and a section for each domain.
extension Configuration {
  /// The name of the section that holds the default entry and the global settings.
  private static let defaultSection = "DEFAULT"

  /// All destination controls as the file that `destconfig` > EXPORT writes.
  ///
  /// - Parameter release: decides which parameters there are.
  public func destinationFile(release: Release) -> String {
    let parameters = DestinationVocabulary(self, release: release).parameters
    func lines(_ name: String, _ section: DestinationSection) -> [String] {
      ["[\(name)]"]
        + parameters.compactMap { parameter in
          section.text(of: parameter).map { "\(parameter.rawValue) = \($0)" }
        }
    }
    let sections =
      [lines(Self.defaultSection, DestinationSection(outbound))]
      + destinations.all.map { lines($0.name, DestinationSection($0.value)) }
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// Takes all destination controls from a file: its entries replace those there are.
  ///
  /// What `[DEFAULT]` does not say of the default entry and the global settings stays as it is.
  ///
  /// - Throws: `ConfigurationError` that names line and parameter; then nothing has changed.
  public mutating func importDestinations(
    _ bytes: [UInt8], release: Release
  ) throws(ConfigurationError) {
    let vocabulary = DestinationVocabulary(self, release: release)
    var settings = outbound
    var entries: [String: AnyConfigurationValue] = [:]
    var hasDefault = false
    for section in try INIReader(bytes).sections() {
      if section.name.uppercased() == Self.defaultSection {
        guard !hasDefault else {
          throw ConfigurationError(
            "line \(section.line), \(section.name.quoted): The default stands there twice.")
        }
        hasDefault = true
        settings = try Self.read(section, DestinationSection(settings), vocabulary)
          .settings(replacing: settings)
      } else {
        let domain: DestinationDomain
        do {
          domain = try DestinationDomain(section.name)
        } catch {
          throw ConfigurationError("line \(section.line), \(section.name.quoted): \(error)")
        }
        let entry = try Self.read(section, DestinationSection(), vocabulary).entry.completed
        guard entries.updateValue(AnyConfigurationValue(entry), forKey: domain.text) == nil else {
          throw ConfigurationError(
            "line \(section.line), \(section.name.quoted): The domain stands there twice.")
        }
      }
    }
    outbound = settings
    destinations.values = entries
  }

  private static func read(
    _ section: INIReader.Section, _ start: DestinationSection, _ vocabulary: DestinationVocabulary
  ) throws(ConfigurationError) -> DestinationSection {
    var result = start
    for setting in section.settings {
      do throws(ConfigurationError) {
        let parameter = try vocabulary.parameter(setting.key)
        guard !parameter.isGlobal || start.alerts != nil else {
          throw ConfigurationError("It stands in [\(defaultSection)] only.")
        }
        try result.set(parameter, to: setting.value, vocabulary)
      } catch {
        throw ConfigurationError("line \(setting.line), \(setting.key.quoted): \(error)")
      }
    }
    result.settle()
    return result
  }
}

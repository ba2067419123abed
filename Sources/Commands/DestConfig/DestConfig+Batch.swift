import Configuration
import Dialogue

// destconfig in one line: parameters are spelled as in the file of IMPORT.
extension DestConfig {
  /// The batch forms, as `help` lists them.
  static let usage = [
    "destconfig setup KEY=VALUE ... (certificate, send_tls_req_alert)",
    "destconfig new DOMAIN [KEY=VALUE ...]",
    "destconfig edit DOMAIN KEY=VALUE ... (KEY= takes the default's value again)",
    "destconfig delete DOMAIN",
    "destconfig default KEY=VALUE ...",
    "destconfig list",
    "destconfig print (the same)",
    "destconfig detail DOMAIN|DEFAULT|ALL",
    "destconfig clear",
    "destconfig import FILE",
    "destconfig export FILE",
  ]

  func runBatch() async throws {
    let words = Array(context.arguments.dropFirst())
    let name = context.arguments[0].uppercased()
    // PRINT is no operation of the menu; scripts know it.
    guard let operation = name == "PRINT" ? .list : Operation(rawValue: name) else {
      throw InvalidArguments()
    }
    switch (operation, words.count) {
    case (.setup, 1...): try setGlobal(words, allowed: \.isGlobal)
    case (.new, 1...): try await newEntry(words[0], words.dropFirst())
    case (.edit, 2...): try await editEntry(words[0], words.dropFirst())
    case (.delete, 1):
      context.draft.destinations[try existing(DestinationDomain(words[0]).text)] = nil
    case (.default, 1...): try setGlobal(words, allowed: { _ in true })
    case (.list, 0): try await c.page("\n" + context.draft.destinationList)
    case (.detail, 1): try await c.page("\n" + details(words[0]))
    case (.clear, 0): clearEntries()
    case (.import, 1): try await importEntries(from: words[0])
    case (.export, 1): try await exportEntries(to: words[0])
    default: throw InvalidArguments()
    }
  }

  private func newEntry(_ domain: String, _ words: ArraySlice<String>) async throws {
    let name = try DestinationDomain(domain).text
    guard context.draft.destinations[name] == nil else {
      throw OperationFailed("There is already an entry for \"\(name)\".")
    }
    try await keep(name, Destination(), words)
  }

  private func editEntry(_ domain: String, _ words: ArraySlice<String>) async throws {
    let name = try existing(DestinationDomain(domain).text)
    try await keep(name, context.draft.destinations[name] ?? Destination(), words)
  }

  private func keep(
    _ domain: String, _ entry: Destination, _ words: ArraySlice<String>
  ) async throws {
    var section = DestinationSection(entry)
    try set(words, in: &section, canUnset: true) { !$0.isGlobal }
    context.draft.destinations[domain] = section.entry.completed
    await sayWhetherDANEApplies(to: domain)
  }

  private func setGlobal(
    _ words: [String], allowed: (DestinationParameter) -> Bool
  ) throws {
    var section = DestinationSection(context.draft.outbound)
    try set(words[...], in: &section, canUnset: false, allowed: allowed)
    context.draft.outbound = section.settings(replacing: context.draft.outbound)
  }

  private func set(
    _ words: ArraySlice<String>, in section: inout DestinationSection, canUnset: Bool,
    allowed: (DestinationParameter) -> Bool
  ) throws {
    let vocabulary = DestinationVocabulary(context.draft, release: context.release)
    var named: Set<DestinationParameter> = []
    for word in words {
      guard let mark = word.firstIndex(of: "=") else { throw InvalidArguments() }
      let value = word[word.index(after: mark)...].trimmingBlanks
      let parameter = try vocabulary.parameter(word[..<mark].trimmingBlanks)
      guard allowed(parameter) else {
        throw OperationFailed("The parameter \"\(parameter.rawValue)\" has no meaning here.")
      }
      guard named.insert(parameter).inserted else {
        throw OperationFailed("The parameter \"\(parameter.rawValue)\" stands there twice.")
      }
      if canUnset, value.isEmpty {
        section.unset(parameter)
        continue
      }
      do {
        try section.set(parameter, to: value, vocabulary)
      } catch {
        throw OperationFailed("\(parameter.rawValue): \(error)")
      }
    }
    section.settle()
    try section.verify()
  }
}

import ConfigurationStore
import Dialogue

/// The files of the appliance's `configuration` folder, which commands import and export.
///
/// A bad name fails the operation and does not ask again: that is what deployers wait for.
extension CommandContext {
  /// Asks for the name of the file that is imported.
  func askImportFile() async throws(InputEnd) -> String {
    try await conversation.ask(
      "Enter the name of the file on machine \"\(hostName)\" to import:")
  }

  /// Asks what the exported file is to be called.
  ///
  /// - Throws: `StoreError` for what cannot be a name, before anything else is asked.
  func askExportFile() async throws -> String {
    let file = try await conversation.ask("Enter the name for the exported file:")
    try PrivateFolder.check(name: file)
    return file
  }

  /// Reads a file.
  ///
  /// - Throws: `StoreError` with a sentence when it cannot be read.
  func read(_ file: String) throws -> [UInt8] { try appliance.files.read(file) }

  /// Writes a file, which viewers may not do.
  ///
  /// - Throws: an error with a sentence when it cannot be written.
  func write(_ bytes: [UInt8], to file: String) async throws {
    try await requireOperator("to write files")
    try appliance.files.write(bytes, to: file)
  }
}

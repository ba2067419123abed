/// A client's window, brought within what a terminal can have.
struct ClientWindow: Equatable {
  /// Lines; 24 where the client tells none.
  var rows: UInt16
  /// Columns; 80 where the client tells none.
  var columns: UInt16

  /// The largest size that is passed on, in lines and in columns: a line is held whole in memory.
  static let limit = 1000

  init(rows: some BinaryInteger, columns: some BinaryInteger) {
    self.rows = rows > 0 ? UInt16(min(Int(clamping: rows), Self.limit)) : 24
    self.columns = columns > 0 ? UInt16(min(Int(clamping: columns), Self.limit)) : 80
  }
}

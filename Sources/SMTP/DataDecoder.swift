/// Reads what follows DATA, in pieces of any size, up to the line with a dot alone (RFC 5321 §4.5.2).
///
/// Only CR LF ends a line, and only CR LF `.` CR LF the message: a CR or LF by itself is a fault,
/// since the next host could see another end there and take what follows for commands. What is at
/// fault is read to its real end, and nothing of it is kept.
struct DataDecoder {
  enum Fault {
    /// More bytes than the limit.
    case tooLarge
    /// A CR or LF by itself.
    case bareLineEnd
    /// There is no memory for it beside those of others.
    case noRoom
  }

  private enum Place {
    case lineStart
    /// Behind the dot that begins a line.
    case dot
    /// Behind the CR after that dot.
    case dotReturn
    case text
    /// Behind a CR.
    case lineReturn
  }

  /// The header that the server adds, then the message so far, without the dots that were added
  /// for the way.
  private(set) var content: [UInt8]
  /// What is wrong with the message; the first fault counts.
  private(set) var fault: Fault?
  /// Whether the end was read.
  private(set) var isComplete = false
  private var place = Place.lineStart
  private var allBits: UInt8 = 0
  private let limit: Int
  /// How many bytes of the message were kept.
  private(set) var size = 0

  /// Makes a decoder that has read nothing.
  ///
  /// - Parameters:
  ///   - header: what stands before the message.
  ///   - limit: the largest message in bytes.
  ///   - expected: the size that was announced, in bytes.
  init(header: [UInt8], limit: Int, expected: Int) {
    content = header
    // Nobody gets much memory for a promise.
    content.reserveCapacity(header.count + min(expected, limit, 65_536))
    self.limit = limit
  }

  /// Whether there were bytes above 127.
  var isEightBit: Bool { allBits > 127 }

  /// Reads bytes, at most to the end of the message.
  ///
  /// - Returns: how many were read.
  mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var position = 0
    while position < bytes.count, !isComplete {
      if place == .text {
        let end = endOfText(in: bytes, from: position)
        keep(bytes[position..<end])
        position = end
        if position == bytes.count { break }
      }
      step(bytes[position])
      position += 1
    }
    return position
  }

  private mutating func endOfText(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != carriageReturn, bytes[end] != lineFeed {
      allBits |= bytes[end]
      end += 1
    }
    return end
  }

  private mutating func step(_ byte: UInt8) {
    switch (place, byte) {
    case (.lineStart, UInt8(ascii: ".")):
      place = .dot
    case (.dotReturn, lineFeed):
      isComplete = true
    case (.lineReturn, lineFeed):
      keep(CollectionOfOne(carriageReturn))
      keep(CollectionOfOne(lineFeed))
      place = .lineStart
    case (_, lineFeed):
      fail(.bareLineEnd)
      place = .text
    case (.dot, carriageReturn):
      place = .dotReturn
    case (.lineReturn, _), (.dotReturn, _):
      fail(.bareLineEnd)
      place = byte == carriageReturn ? .lineReturn : .text
    case (_, carriageReturn):
      place = .lineReturn
    default:
      allBits |= byte
      keep(CollectionOfOne(byte))
      place = .text
    }
  }

  private mutating func keep(_ bytes: some Collection<UInt8>) {
    guard fault == nil else { return }
    guard bytes.count <= limit - size else { return fail(.tooLarge) }
    size += bytes.count
    content.append(contentsOf: bytes)
  }

  /// Keeps nothing of the message, and reads on to its end.
  mutating func drop() { fail(.noRoom) }

  private mutating func fail(_ fault: Fault) {
    if self.fault == nil { self.fault = fault }
    content = []
  }
}

private let carriageReturn = UInt8(ascii: "\r")
private let lineFeed = UInt8(ascii: "\n")

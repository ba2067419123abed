/// The contents of the messages that came last, bounded in bytes: the oldest goes first.
struct ContentCache {
  private let limit: Int
  private var contents: [MessageID: [UInt8]] = [:]
  /// Every message that was put in, oldest first; some may be gone from `contents`.
  private var order: [MessageID] = []
  /// The part of `order` before this is done with.
  private var first = 0
  private(set) var bytes = 0

  /// - Parameter limit: in bytes of contents.
  init(limit: Int) { self.limit = limit }

  subscript(id: MessageID) -> [UInt8]? { contents[id] }

  mutating func insert(_ content: [UInt8], for id: MessageID) {
    guard content.count <= limit, contents[id] == nil else { return }
    contents[id] = content
    order.append(id)
    bytes += content.count
    while bytes > limit, first < order.count {
      remove(order[first])
      first += 1
    }
    trim()
  }

  mutating func remove(_ id: MessageID) {
    guard let content = contents.removeValue(forKey: id) else { return }
    bytes -= content.count
  }

  /// Keeps `order` as short as what it orders, at a constant cost for each insertion.
  private mutating func trim() {
    guard order.count > 64, order.count > 2 * contents.count else { return }
    order = order[first...].filter { contents[$0] != nil }
    first = 0
  }
}

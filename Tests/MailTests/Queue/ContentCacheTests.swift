import Testing

@testable import Mail

@Suite struct ContentCacheTests {
  private func id(_ number: Int) -> MessageID { MessageID(number: number) }

  @Test func theOldestContentsGoFirst() {
    var cache = ContentCache(limit: 10)
    for number in 1...4 { cache.insert([UInt8](repeating: 0, count: 3), for: id(number)) }
    #expect((1...4).map { cache[id($0)] != nil } == [false, true, true, true])
    #expect(cache.bytes == 9)
    cache.insert([UInt8](repeating: 0, count: 10), for: id(5))
    #expect((1...5).map { cache[id($0)] != nil } == [false, false, false, false, true])
    #expect(cache.bytes == 10)
  }

  @Test func whatIsLargerThanAllOfItIsNotKept() {
    var cache = ContentCache(limit: 10)
    cache.insert([1], for: id(1))
    cache.insert([UInt8](repeating: 0, count: 11), for: id(2))
    #expect(cache[id(1)] == [1])
    #expect(cache[id(2)] == nil)
  }

  @Test func whatIsRemovedMakesRoom() {
    var cache = ContentCache(limit: 10)
    for number in 1...1000 {
      cache.insert([UInt8](repeating: 0, count: 4), for: id(number))
      // Every other one is delivered at once, the others long after.
      if number.isMultiple(of: 2) { cache.remove(id(number)) }
      cache.remove(id(number - 10))
      #expect(cache.bytes <= 8)
    }
    #expect(cache[id(999)] != nil)
    #expect(cache[id(1000)] == nil)
    for number in 1...1000 { cache.remove(id(number)) }
    #expect(cache.bytes == 0)
  }
}

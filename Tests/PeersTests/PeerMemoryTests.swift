import Testing

@testable import Peers

@Suite struct PeerMemoryTests {
  @Test func allConnectionsShareOneLimit() {
    let memory = PeerMemory()
    #expect(memory.change(by: PeerLimits.held - 10))
    #expect(memory.change(by: 10))
    #expect(!memory.change(by: 1))
    #expect(memory.change(by: -1))
    #expect(memory.change(by: -PeerLimits.held))
  }
}

import NIOCore
import NIOPosix
import Testing
import Transport

@Suite struct OpenChannelsTests {
  private func channel() async throws -> any Channel {
    try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
  }

  /// Closes a channel; returns when whoever waited for its end has heard of it.
  private func end(_ channel: any Channel) async throws {
    try await channel.close()
    try await channel.closeFuture.get()
  }

  @Test func thereIsRoomForSoManyOfALabelAndSoManyInAll() async throws {
    let open = OpenChannels()
    var channels: [any Channel] = []
    func insert(_ label: String) async throws -> Bool {
      let channel = try await channel()
      channels.append(channel)
      return open.insert(channel, as: label, limit: 3, labelLimit: 2)
    }
    #expect(try await insert("a"))
    #expect(try await insert("a"))
    #expect(try await !insert("a"))
    #expect(try await insert("b"))
    #expect(try await !insert("c"))
    #expect(open.count == 3)
    // Whoever found no room takes none with its end.
    try await end(channels[2])
    #expect(open.count == 3)
    try await end(channels[0])
    #expect(try await insert("a"))
    for channel in channels where channel.isActive { try await end(channel) }
    #expect(open.count == 0)
  }
}

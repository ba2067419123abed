import SSHClient
import Testing

struct SSHDestinationTests {
  @Test(
    "a destination is a user, a host and perhaps a port",
    arguments: [
      ("admin@mail.example.com", "admin", "mail.example.com", nil),
      ("admin@127.168.42.42:10022", "admin", "127.168.42.42", 10022),
      ("admin@[2001:db8::1]:22", "admin", "2001:db8::1", 22),
      ("admin@[2001:db8::1]", "admin", "2001:db8::1", nil),
      ("admin@2001:db8::1", "admin", "2001:db8::1", nil),
      ("joe@corp@host", "joe@corp", "host", nil),
    ] as [(String, String, String, UInt16?)])
  func good(_ text: String, _ user: String, _ host: String, _ port: UInt16?) throws {
    let destination = try #require(SSHDestination(text))
    #expect(destination.user == user)
    #expect(destination.host == host)
    #expect(destination.port == port)
  }

  @Test(
    "what the client could take for something else is refused",
    arguments: [
      "host", "@host", "admin@", "admin@-oProxyCommand=x", "-l@host", "admin@host:0",
      "admin@host:ssh", "admin@host:70000", "admin@[::1]x", "a b@host", "admin@ho st", "admin@h;x",
      "admin@$(x)", "",
    ])
  func bad(_ text: String) {
    #expect(SSHDestination(text) == nil)
  }
}

import SMTP
import Testing

@Suite struct ReplyTests {
  @Test(arguments: [
    (Reply.goAheadWithTLS, "220 Go ahead with TLS\r\n"),
    (.tlsNotAvailable, "454 TLS not available due to a temporary reason\r\n"),
    (.tooManyTLSSessions, "421 #4.4.5 Too many TLS sessions at this time\r\n"),
    (.tooManyFromHost, "421 #4.4.5 Too many connections from your host\r\n"),
    (.tooManyToHost, "421 #4.4.5 Too many connections to this host\r\n"),
    (.tooManyToListener, "421 #4.4.5 Too many connections to this listener\r\n"),
    (.serverError, "451 #4.3.0 Server Error\r\n"), (.queueFull, "452 #4.3.1 queue full\r\n"),
    (.messageAccepted(12), "250 ok:  Message 12 accepted\r\n"),
    (.suspended, "421 #4.3.2 Not accepting messages at this time\r\n"),
    (.tooManyHops, "554 #5.4.6 too many hops\r\n"),
    (.timeExceeded, "421 Exceeded allowable connection time\r\n"),
    (.refusal(hostName: "h.example", text: "No\nway"), "554-h.example No\r\n554 way\r\n"),
    (Reply(250, []), "250 \r\n"),
  ])
  func wire(reply: Reply, expected: String) {
    #expect(reply.wire == expected)
  }
}

"""Remote servers reset, fall silent, hang up half-way or crawl, and names cannot be looked up: the
message waits, other mail flows meanwhile, and with a good server nothing is lost or comes twice.
"""

from appliance import *
from faults import *
from peer import peer

DOMAIN = "partner.example"
HOST = "mx1.partner.example"


with Appliance() as appliance:
    server = appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    mailbox = pathlib.Path(f"{appliance.directory}/network/mailbox")
    zone = pathlib.Path(f"{appliance.directory}/network/zone")
    sent = 0

    def attempt(expected):
        """One more message to the peer; its connection is made, and does not hold up others."""
        global sent
        begin = len(log(appliance))
        assert send(address, f"eve{sent}@{DOMAIN}") == 250
        sent += 1
        assert ask(appliance, request="delivernow", domain=DOMAIN)["ok"]
        until(lambda: expected in log(appliance)[begin:], lambda: log(appliance)[begin:])
        inside = len(list(mailbox.glob("*.eml")))
        assert send(address) == 250
        until(lambda: len(list(mailbox.glob("*.eml"))) > inside, lambda: log(appliance)[begin:])
        assert not list((mailbox / HOST).glob("*.eml")), "it was delivered"
        assert server.poll() is None

    attempt("Connection refused")
    with peer(appliance, "reset"):
        attempt("Connection reset by peer")
    with peer(appliance, "half-close"):
        attempt("IP: 10.0.0.1 port: 25 details: EOF")
    # Their limits are minutes; nobody else waits for them.
    with peer(appliance, "one-byte-a-second"):
        attempt("New SMTP DCID ")
    with peer(appliance, "black-hole"):
        attempt("New SMTP DCID ")

    known = zone.read_text()
    zone.write_text(known + "\nbroken.example. 300 IN MX ten mx1.partner.example.\n")
    until(lambda: "zone" in json.dumps(ask(appliance, request="apply", version=1)),
          lambda: "the broken zone is not told of")
    assert send(address) == 250
    # What was known before goes on: mail that is tried now waits, and does not bounce.
    assert ask(appliance, request="delivernow", domain=DOMAIN)["ok"]
    until(lambda: "Connection Error" in log(appliance).rpartition("New SMTP DCID")[2],
          lambda: log(appliance)[-3000:])
    assert "NXDomain" not in log(appliance), log(appliance)[-3000:]
    zone.write_text(known)
    until(lambda: "zone" not in json.dumps(ask(appliance, request="apply", version=1)),
          lambda: "the mended zone is not noticed")

    with peer(appliance, "good"):
        ask(appliance, request="delivernow", domain=DOMAIN)
        until(lambda: len(list((mailbox / HOST).glob("*.eml"))) >= sent,
              lambda: log(appliance)[-3000:])
        texts = [path.read_text() for path in (mailbox / HOST).glob("*.eml")]
        for number in range(sent):
            assert sum(f"RCPT TO: <eve{number}@" in text for text in texts) == 1, number

    # An engine ends though a peer says nothing.
    with peer(appliance, "black-hole"):
        begin = len(log(appliance))
        assert send(address, f"eve@{DOMAIN}") == 250
        until(lambda: "New SMTP DCID" in log(appliance)[begin:], lambda: log(appliance)[begin:])
        server.send_signal(signal.SIGTERM)
        assert server.wait(LIMIT) == 0
        appliance.children.remove(server)

"""The calendar jumps ahead and back under a running engine: open sessions go on, mail that waits is
tried when its time has come, and a certificate that expires in use is still shown, with an alert.
"""

import sqlite3

from appliance import *
from faults import *
from peer import peer

DAY = 86_400
offset = 0


def jump(appliance, days):
    """As `esash lab advance` does: remembered with the appliance, and told to the engine."""
    global offset
    offset += days * DAY
    with sqlite3.connect(f"{appliance.directory}/esash.sqlite") as database:
        database.execute(
            "INSERT INTO fact VALUES ('clock', ?) ON CONFLICT(name) DO UPDATE SET value = "
            "excluded.value", [str(float(offset))])
    assert ask(appliance, request="clock", offset=offset)["ok"]


def verdict(address, file):
    return subprocess.run(
        ["openssl", "s_client", "-starttls", "smtp", "-connect", f"{address[0]}:{address[1]}",
         "-attime", str(int(time.time() + offset)), "-CAfile", file],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=LIMIT).stdout


with Appliance() as appliance:
    leaf = make_certificate(appliance.folder, "alpha", "mail.example.com")
    appliance.upload(f"{appliance.folder}/alpha.p12", "alpha.p12")
    server = appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    shell = appliance.shell()
    import_certificate(shell, "alpha", "alpha.p12")
    allow_tls(shell)
    answer(shell, "listenerconfig", "edit", "1", "certificate", "alpha", "", "")
    assert "Changes committed" in answer(shell, "commit now")
    anchor = f"{appliance.folder}/alpha.pem"
    assert "Verification: OK" in verdict(address, anchor)

    # A client that is connected, and a message whose host is down, see the calendar pass.
    client = smtplib.SMTP(*address, timeout=LIMIT)
    assert client.ehlo()[0] == 250
    assert send(address, "eve@partner.example") == 250
    until(lambda: "Connection refused" in log(appliance) or "delayed" in log(appliance).lower(),
          log(appliance))
    with peer(appliance, "good"):
        jump(appliance, 1)
        mailbox = pathlib.Path(f"{appliance.directory}/network/mailbox/mx1.partner.example")
        until(lambda: list(mailbox.glob("*.eml")), "the message was not tried again")

    jump(appliance, 40)
    assert client.noop()[0] == 250, "a jump cut a connection"
    client.sendmail("a@sender.example", "joe@example.com", "Subject: x\r\n\r\nx\r\n")
    assert leaf_of(address) == leaf, "what expires in use is no longer shown"
    assert "certificate has expired" in verdict(address, anchor)
    until(lambda: "alpha" in json.dumps(ask(appliance, request="alerts")), "no alert tells of it")
    answer(shell, "sethostname ahead.example.com")
    assert "Changes committed" in answer(shell, "commit ahead")

    jump(appliance, -60)
    assert client.noop()[0] == 250, "a jump cut a connection"
    assert send(address) == 250
    assert "certificate is not yet valid" in verdict(address, anchor)
    answer(shell, "sethostname back.example.com")
    assert "Changes committed" in answer(shell, "commit back")
    client.quit()

    jump(appliance, 19)
    assert offset == 0
    assert "Verification: OK" in verdict(address, anchor)
    # The history keeps the order of commits, whatever their dates.
    assert comments(appliance) == ["Factory default", "now", "ahead", "back"]
    text = answer(shell, "rollbackconfig", "rollback", until=r"> $")
    assert text.index("back") < text.index("ahead") < text.index("now"), text

"""A Postfix delivers into a listener: encrypted whatever it shows (encrypt), and verified only
where chain and name are right (G21: all works with the demonstration certificate until a sender
verifies).
"""

import os
import pathlib
import sys
import time

from appliance import LIMIT, Appliance, allow_tls, answer, import_certificate
from authority import Authority
from postfix import Postfix

if os.geteuid():
    print("skipped: Postfix needs root")
    sys.exit()


def attempt(slot, subject, **settings):
    """One message by a Postfix of its own, for it shuns a host that has just failed.

    Returns the line of its delivery, and its whole log.
    """
    with Postfix(f"127.{slot}.9.9:10025", **settings) as postfix:
        postfix.send("ann@sender.example", "joe@example.com", f"Subject: {subject}\n\nHello.\n")
        return postfix.wait("status="), postfix.log_text()


with Appliance() as appliance:
    authority = Authority(f"{appliance.folder}/ca")
    authority.issue("mail", "mail.example.com", san=["mail.example.com"])
    authority.issue("other", "other.example.com", san=["other.example.com"])
    for name in ("mail", "other"):
        appliance.upload(authority.pkcs12(name, "lab"), f"{name}.p12")
    shell = appliance.shell()
    for name in ("mail", "other"):
        import_certificate(shell, name, f"{name}.p12")
    allow_tls(shell)
    answer(shell, "commit \"TLS offered\"", until=r"Changes committed[^\n]*\n")
    host, port = appliance.service("smtp", "IncomingMail")
    slot = host.split(".")[1]

    def show(certificate):
        answer(shell, "listenerconfig", "edit", "1", "certificate", certificate, "", "")
        answer(shell, f"commit \"{certificate}\"", until=r"Changes committed[^\n]*\n")

    common = dict(relayhost=f"[{host}]:{port}", smtp_bind_address=f"127.{slot}.0.9",
                  smtp_tls_CAfile=authority.root)
    status, log = attempt(slot, "encrypted", smtp_tls_security_level="encrypt", **common)
    assert "status=sent (250 ok:  Message 1 accepted)" in status, status
    assert "Untrusted TLS connection established" in log, log

    verified = dict(smtp_tls_security_level="verify",
                    smtp_tls_verify_cert_match="mail.example.com", **common)
    status, log = attempt(slot, "demo", **verified)
    assert "status=deferred (Server certificate not" in status, status
    assert "self-signed certificate" in log, log
    show("other")
    status, log = attempt(slot, "other", **verified)
    assert "status=deferred (Server certificate not verified)" in status, status
    assert "hostname mismatch" in log, log
    show("mail")
    status, log = attempt(slot, "verified", **verified)
    assert "status=sent (250 ok:  Message" in status, status
    assert "Verified TLS connection established" in log, log

    mailbox = pathlib.Path(f"{appliance.directory}/network/mailbox")
    deadline = time.monotonic() + LIMIT
    subjects = ""
    while time.monotonic() < deadline and "verified" not in subjects:
        subjects = "".join(
            path.read_text(errors="replace") for path in mailbox.rglob("*") if path.is_file())
        time.sleep(0.05)
    for subject, arrives in (("encrypted", True), ("verified", True), ("demo", False)):
        assert (f"Subject: {subject}" in subjects) is arrives, subject
    print("sent encrypted; verified by chain and name only")

"""`esash checktls` and two other judges of the same servers: `openssl s_client` and
`posttls-finger`, against every behaviour of a peer that speaks SMTP before its patience or theirs
ends; no server gets a message.
"""

import json
import os
import pathlib
import subprocess

import pexpect

from appliance import ESASH, LIMIT, Appliance, allow_tls, answer
from peer import peer

HOST = "mx1.partner.example"
NEW = ["Answer", "Connect", "HELO", "TLS", "Cert", "Secure", "From"]

# Behaviour: the confidence factor, and what OpenSSL has against a certificate.
CASES = {
    "good": (100, None),
    "banner-554": (10, None),
    "plain": (40, None),
    "no-starttls": (40, None),
    "starttls-first-line": (40, None),
    "starttls-454": (40, None),
    "starttls-5xx": (40, None),
    "handshake-abort": (60, None),
    "no-shared-cipher": (60, None),
    "old-tls": (100, None),
    "client-certificate-required": (70, None),
    "self-signed": (90, "self-signed certificate"),
    "expired": (90, "certificate has expired"),
    "not-yet-valid": (90, "certificate is not yet valid"),
    "wrong-name": (90, None),
    "wrong-chain-order": (100, None),
    "duplicate-intermediate": (100, None),
    "missing-intermediate": (90, "unable to get local issuer certificate"),
    "expired-intermediate": (90, "certificate has expired"),
    "revoked": (100, None),
    "greylist": (100, None),
    "drop-after-data": (100, None),
    "half-close": (20, None),
    "reset": (30, None),
}

# Too slow for judges that wait for each reply; judged by records of the zone, not by a certificate;
# or no mail servers.
ELSEWHERE = {"slow", "one-byte-a-second", "black-hole", "dane-good", "dane-bad", "web-service",
             "web-service-open"}
LISTED = {line.split()[0] for line in
          subprocess.run([ESASH, "peer", "list"], stdout=subprocess.PIPE, text=True, check=True,
                         timeout=LIMIT).stdout.splitlines()}
assert LISTED == CASES.keys() | ELSEWHERE, LISTED ^ (CASES.keys() | ELSEWHERE)


def checktls(appliance, *arguments):
    """Runs `esash checktls`; returns status, standard output and standard error."""
    done = subprocess.run(
        [ESASH, "checktls", "--appliance", appliance.directory, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        timeout=LIMIT)
    return done.returncode, done.stdout, done.stderr


def report(appliance, domain, *options):
    """The report as JSON, its status compared with its factor; and its only server."""
    status, text, error = checktls(appliance, "--json", *options, domain)
    found = json.loads(text)
    assert status == (0 if found["confidence"] == 100 else 1), (status, error)
    assert len(found["servers"]) == 1, found
    return found, found["servers"][0]


def openssl(place, root, behaviour):
    """Whether `openssl s_client` gets TLS, and whether it verifies."""
    old = ["-min_protocol", "TLSv1", "-cipher", "DEFAULT:@SECLEVEL=0"]
    done = subprocess.run(
        ["openssl", "s_client", "-starttls", "smtp", "-connect", place, "-CAfile", root,
         "-verify_hostname", HOST, "-servername", HOST, *(old if behaviour == "old-tls" else [])],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        timeout=LIMIT)
    has_tls = "Cipher is " in done.stdout and "Cipher is (NONE)" not in done.stdout
    return has_tls, has_tls and "Verification: OK" in done.stdout


def posttls_finger(place, root):
    """The same of Postfix's own probe."""
    host, port = place.split(":")
    done = subprocess.run(
        ["posttls-finger", "-c", "-l", "secure", "-F", root, f"[{host}]:{port}", HOST],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        timeout=LIMIT)
    return ("TLS connection established" in done.stdout,
            "Verified TLS connection established" in done.stdout)


with Appliance() as appliance:
    zone = pathlib.Path(appliance.directory, "network", "zone")
    zone.write_text(zone.read_text() + f"one.example. IN MX 10 {HOST}.\n"
                    "nothing.example. IN MX 10 nowhere.example.\n")
    root = f"{appliance.directory}/network/ca/root.pem"

    for behaviour, (score, fault) in CASES.items():
        with peer(appliance, behaviour) as line:
            place = line.split(" listens at ")[1].split(",")[0]
            found, server = report(appliance, "one.example")
            judges = [openssl(place, root, behaviour)]
            if behaviour != "old-tls":
                judges.append(posttls_finger(place, root))
            if behaviour == "greylist":
                # The first try of a recipient is refused, and the old columns have one for it.
                zone.write_text(zone.read_text() + f"fresh.example. IN MX 10 {HOST}.\n")
                assert report(appliance, "fresh.example", "--columns", "old")[0][
                    "confidence"] == 95
        steps = {step["name"]: step["ok"] for step in server["steps"]}
        own = (bool(server.get("tls")), bool(server.get("tls")) and steps["Cert"])
        print(f"{behaviour}: {found['confidence']}, TLS and verified: ours {own}, others {judges}")
        assert found["confidence"] == server["score"] == score, (behaviour, server)
        assert list(steps) == NEW, steps
        assert all(judge == own for judge in judges), (behaviour, own, judges, server)
        faults = [certificate.get("fault") for certificate in
                  (server.get("tls") or {"certificates": []})["certificates"]]
        assert [entry for entry in faults if entry][:1] == ([fault] if fault else []), faults
        if behaviour == "wrong-name":
            assert not server["tls"]["hostnameVerified"] and not any(faults), server
        assert all((step.get("milliseconds") is not None) == step["ok"]
                   for step in server["steps"]), server
        said = [line["text"] for line in server["conversation"] if line["kind"].startswith("sent")]
        assert "DATA" not in said and (score < 20 or said), said
    mailboxes = pathlib.Path(appliance.directory, "network", "mailbox")
    assert [path for path in mailboxes.rglob("*") if path.is_file()] == []

    # Nobody there, nowhere to go, nothing to ask.
    found, server = report(appliance, "one.example")
    assert found["confidence"] == 0 and "No connection: " in json.dumps(server), server
    for arguments, sentence in ((["unknown.example"], "NXDomain"),
                                (["nothing.example"], "nowhere.example"),
                                (["a b"], "a b"),
                                (["--json", "--html", "x", "one.example"], "not both"),
                                (["--columns", "blue", "one.example"], "--columns")):
        status, output, error = checktls(appliance, *arguments)
        assert (status, output) == (2, "") and sentence in error, (arguments, error)
    status, _, error = checktls(appliance, "--appliance", f"{appliance.folder}/none", "a.example")
    assert status == 2 and "holds no appliance" in error, error

    # The appliance itself, as the world sees it: no TLS from the factory, then the demonstration.
    shell = appliance.shell()
    assert report(appliance, "example.com")[0]["confidence"] == 40
    allow_tls(shell)
    answer(shell, "commit \"TLS offered\"", until=r"Changes committed[^\n]*\n")
    found, server = report(appliance, "example.com")
    assert found["confidence"] == 90, found
    assert server["tls"]["certificates"][0]["fault"] == "self-signed certificate", server

    # Text, colours, page.
    status, text, _ = checktls(appliance, "example.com")
    for expected in ("Confidence factor: 90", "Cert NOT VALIDATED: self-signed certificate",
                     "Cert Hostname DOES NOT VERIFY (mail.example.com != Cisco Appliance Demo",
                     " <-- 220 mail.example.com ESMTP", " --> STARTTLS", " ~~> EHLO checktls.example",
                     " ~~> MAIL FROM:<postmaster@checktls.example>",
                     " ~~> RCPT TO:<postmaster@example.com>", " ~~> QUIT"):
        assert expected in text, text
    assert (status, "\x1b" in text) == (1, False), text
    status, text, _ = checktls(appliance, "--columns", "old", "example.com")
    assert "Connect" in text and "Rcvr OK" in text and "Confidence factor: 90" in text, text
    page = f"{appliance.folder}/report.html"
    assert checktls(appliance, "--html", page, "example.com")[:2] == (1, "")
    assert os.stat(page).st_mode & 0o777 == 0o600
    assert "<td><span class=\"pill bad\">FAIL</span></td>" in pathlib.Path(page).read_text()
    # `swift test` itself asks for no colours.
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    terminal = pexpect.run(
        f"{ESASH} checktls --appliance {appliance.directory} example.com",
        env=dict(plain, TERM="xterm"), encoding="utf-8")
    assert "\x1b[31mFAIL\x1b[0m" in terminal, terminal
    terminal = pexpect.run(
        f"{ESASH} checktls --appliance {appliance.directory} example.com",
        env=dict(os.environ, TERM="xterm", NO_COLOR="1"), encoding="utf-8")
    assert "\x1b" not in terminal and "FAIL" in terminal, terminal

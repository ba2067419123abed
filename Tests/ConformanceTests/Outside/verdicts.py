"""Three judges of the same chains: the appliance delivering at Required-Verify, `openssl verify`,
and `posttls-finger`. A Postfix shows each chain at an address of its own.
"""

import os
import pathlib
import re
import subprocess
import sys
import time

from appliance import LIMIT, Appliance, answer, run
from authority import Authority
from postfix import Postfix

if os.geteuid():
    print("skipped: Postfix needs root")
    sys.exit()

# The common name is nobody's: only the appliance would take it where it is the exchanger's.
# Name of the domain's case: how the certificate is issued; whether it verifies.
CASES = {
    "good": (dict(san=["good.example"]), True),
    "wildcard": (dict(san=["*.wildcard.example", "wildcard.example"]), True),
    "wrong-name": (dict(san=["other.example"]), False),
    "not-covered": (dict(san=["*.not-covered.example"]), False),
    "expired": (dict(san=["expired.example"], start=-9, end=-1), False),
    "not-yet": (dict(san=["not-yet.example"], start=2, end=9), False),
    "self-signed": (dict(san=["self-signed.example"], issuer="self"), False),
    "no-intermediate": (dict(san=["no-intermediate.example"]), False),
    "client-only": (dict(san=["client-only.example"], usage="clientAuth"), False),
    "untrusted": (dict(san=["untrusted.example"]), False),
}


def openssl(authority, leaf, chain, domain):
    done = subprocess.run(
        ["openssl", "verify", "-CAfile", authority.root, "-untrusted", chain, "-purpose",
         "sslserver", "-verify_hostname", domain, leaf],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode == 0


def posttls_finger(authority, place, domain):
    output = run("posttls-finger", "-c", "-l", "secure", "-F", authority.root,
                 f"[{place[0]}]:{place[1]}", domain)
    return "Verified TLS connection established" in output


def appliance_verdict(log, number):
    """Whether the first connection to a case's address carried mail."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        lines = log.read_text()
        found = re.search(rf"DCID (\d+) interface \S+ address 10\.0\.40\.{number} port", lines)
        if found and f"DCID {found[1]} TLS failed" in lines:
            return False
        if found and f"Message done DCID {found[1]} " in lines:
            return True
        time.sleep(0.02)
    raise TimeoutError(f"nothing became of case {number} in:\n{lines}")


with Appliance() as appliance:
    authority = Authority(f"{appliance.folder}/ca")
    stranger = Authority(f"{appliance.folder}/other", "Other")
    zone = pathlib.Path(f"{appliance.directory}/network/zone")
    text = zone.read_text()
    files = {}
    for number, (case, (options, _)) in enumerate(CASES.items(), 1):
        signer = stranger if case == "untrusted" else authority
        leaf, chain, key = signer.issue(case, "gateway.other.example", **options)
        if case == "no-intermediate":
            pathlib.Path(chain).write_text(
                pathlib.Path(key).read_text() + pathlib.Path(leaf).read_text())
        files[case] = leaf, chain, number
        text += f"\n{case}.example. 300 IN MX 10 mx.{case}.example."
        text += f"\nmx.{case}.example. 300 IN A 10.0.40.{number}"
    zone.write_text(text + "\n")

    appliance.upload(authority.root, "root.pem")
    shell = appliance.shell()
    answer(shell, "certconfig", "certauthority", "custom", "import", "root.pem", "enable", "", "",
           "")
    for case in CASES:
        answer(shell, f"destconfig new {case}.example table_tls=require_verify")
    answer(shell, "commit \"verdicts\"", until=r"Changes committed[^\n]*\n")
    host, port = appliance.service("smtp", "IncomingMail")
    slot = host.split(".")[1]
    places = {case: (f"127.{slot}.40.{number}", 10025) for case, (_, _, number) in files.items()}

    with Postfix(
            {f"{place}:{at}": {"smtpd_tls_chain_files": files[case][1]}
             for case, (place, at) in places.items()},
            smtpd_tls_security_level="may", mynetworks="127.0.0.0/8",
            virtual_mailbox_domains=", ".join(f"{case}.example" for case in CASES)) as postfix:
        for case in CASES:
            run("swaks", "--server", host, "--port", str(port), "--from", "a@sender.example",
                "--to", f"joe@{case}.example", "--header", f"Subject: {case}")
        log = pathlib.Path(f"{appliance.directory}/log/mail.current")
        for case, (_, expected) in CASES.items():
            leaf, chain, number = files[case]
            domain = f"{case}.example"
            verdicts = (appliance_verdict(log, number), openssl(authority, leaf, chain, domain),
                        posttls_finger(authority, places[case], domain))
            print(f"{case}: appliance {verdicts[0]}, openssl {verdicts[1]}, "
                  f"posttls-finger {verdicts[2]}")
            assert verdicts == (expected,) * 3, log.read_text()
        bodies = postfix.received()
        for case, (_, expected) in CASES.items():
            assert any(f"Subject: {case}\n" in body for body in bodies) is expected, case

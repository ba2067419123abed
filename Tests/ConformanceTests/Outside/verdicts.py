"""Three judges of the same chains: the appliance delivering at each level that verifies, `openssl
verify` with revocation lists, and `posttls-finger`.

Each chain is shown twice at each level: by a Postfix, to which the whole message goes, and by an
`openssl s_server` behind a few words of SMTP, where the mail log alone tells the verdict.
"""

import os
import pathlib
import re
import smtplib
import socket
import socketserver
import subprocess
import sys
import threading
import time

from appliance import LIMIT, Appliance, answer, run
from authority import Authority
from postfix import Postfix

if os.geteuid():
    print("skipped: Postfix needs root")
    sys.exit()

# The levels, as destconfig's file has them. At the hosted one the names of exchangers count as
# well.
LEVELS = {
    "pv": "on_verify",
    "rv": "require_verify",
    "rvh": "require_verify_hosted",
}
SERVERS = ("postfix", "openssl")

# The common name is nobody's: only the appliance would take it where it is the exchanger's.
# How the certificate of a case is issued; DOMAIN stands for each domain to which it is shown.
CASES = {
    "good": dict(san=["DOMAIN"]),
    "wildcard": dict(san=["*.wildcard.example"]),
    "exchanger": dict(san=["mx.DOMAIN"]),
    "wrong-name": dict(san=["other.example"]),
    "not-covered": dict(san=["*.DOMAIN"]),
    "expired": dict(san=["DOMAIN"], start=-9, end=-1),
    "not-yet": dict(san=["DOMAIN"], start=2, end=9),
    "self-signed": dict(san=["DOMAIN"], issuer="self"),
    "no-intermediate": dict(san=["DOMAIN"]),
    "client-only": dict(san=["DOMAIN"], usage="clientAuth"),
    "untrusted": dict(san=["DOMAIN"]),
    "revoked": dict(san=["DOMAIN"]),
}


class Delivery:
    """A message to one domain: a case at a level, shown by a server."""

    def __init__(self, number, case, level, server):
        self.case, self.level, self.server = case, level, server
        self.domain = f"{server}-{level}.{case}.example"
        self.exchanger = f"mx.{self.domain}"
        self.host = f"40.{number}"

    @property
    def names(self):
        return [self.domain, self.exchanger] if self.level == "rvh" else [self.domain]

    def verdict(self, log):
        """What the log says of the connection: `verified`, `refused`, or why it is unverified."""
        found = re.search(rf"DCID (\d+) interface \S+ address 10\.0\.{self.host} port", log)
        lines = re.findall(rf"DCID {found[1]} (.*)|(Message done) DCID {found[1]} ", log) \
            if found else []
        texts = [one or other for one, other in lines]
        if any(text.startswith("TLS failed") for text in texts):
            return "refused"
        for text in texts:
            if text.startswith("TLS unverified: "):
                return text.removeprefix("TLS unverified: ")
        return "verified" if any(text.startswith("TLS success") for text in texts) else None


DELIVERIES = [
    Delivery(number, *which) for number, which in enumerate(
        ((case, level, server) for case in CASES for level in LEVELS for server in SERVERS), 1)]


def openssl(authority, lists, leaf, chain, names):
    """Whether one of the names, and all else, is as it should be; else what was said last."""
    for name in names:
        done = subprocess.run(
            ["openssl", "verify", "-CAfile", authority.root, "-untrusted", chain, "-CRLfile", lists,
             "-crl_check_all", "-purpose", "sslserver", "-verify_hostname", name, leaf],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode == 0:
            return True, ""
    return False, done.stdout


def posttls_finger(authority, place, names):
    output = run("posttls-finger", "-c", "-l", "secure", "-F", authority.root, f"[{place}]:10025",
                 *names)
    return "Verified TLS connection established" in output


class Door(socketserver.BaseRequestHandler):
    """SMTP up to the answer to STARTTLS; what comes then goes to the s_server one port higher."""

    def handle(self):
        address, port = self.server.server_address
        stream = self.request.makefile("rb", buffering=0)
        self.request.sendall(b"220 door ESMTP\r\n")
        while line := stream.readline():
            if line.upper().startswith(b"STARTTLS"):
                break
            self.request.sendall(b"250-door\r\n250 STARTTLS\r\n")
        with socket.create_connection((address, port + 1), LIMIT) as inside:
            inside.settimeout(None)
            self.request.sendall(b"220 Go ahead\r\n")
            threading.Thread(
                target=self.carry, args=(inside, self.request), daemon=True).start()
            self.carry(self.request, inside)

    @staticmethod
    def carry(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class DoorServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


def wait(what, condition):
    deadline = time.monotonic() + 3 * LIMIT
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"no {what} in:\n{log.read_text()}")
        time.sleep(0.05)


with Appliance() as appliance:
    authority = Authority(f"{appliance.folder}/ca")
    stranger = Authority(f"{appliance.folder}/other", "Other")
    zone = pathlib.Path(f"{appliance.directory}/network/zone")
    text = zone.read_text()
    files = {}
    for case, options in CASES.items():
        domains = [delivery.domain for delivery in DELIVERIES if delivery.case == case]
        san = [name.replace("DOMAIN", domain) for name in options["san"] for domain in domains]
        signer = stranger if case == "untrusted" else authority
        leaf, chain, key = signer.issue(
            case, "gateway.other.example", **{**options, "san": sorted(set(san))})
        if case == "no-intermediate":
            pathlib.Path(chain).write_text(
                pathlib.Path(key).read_text() + pathlib.Path(leaf).read_text())
        files[case] = leaf, chain
    for delivery in DELIVERIES:
        text += f"\n{delivery.domain}. 300 IN MX 10 {delivery.exchanger}."
        text += f"\n{delivery.exchanger}. 300 IN A 10.0.{delivery.host}"
    zone.write_text(text + "\n")
    authority.revoke("revoked")
    lists = authority.revocation_lists()

    appliance.upload(authority.root, "root.pem")
    appliance.upload(lists, "crls.pem")
    shell = appliance.shell()
    answer(shell, "certconfig", "certauthority", "custom", "import", "root.pem", "enable", "", "",
           "crl", "new", "lab", "", "crls.pem", "", "n", "", "setup", "", "y", "", "", "")
    for start in range(0, len(DELIVERIES), 9):
        answer(shell, "; ".join(
            f"destconfig new {delivery.domain} table_tls={LEVELS[delivery.level]}"
            for delivery in DELIVERIES[start:start + 9]))
    answer(shell, "commit \"verdicts\"", until=r"Changes committed[^\n]*\n")
    host, port = appliance.service("smtp", "IncomingMail")
    slot = host.split(".")[1]
    places = {delivery: f"127.{slot}.{delivery.host}" for delivery in DELIVERIES}
    shown = {server: [delivery for delivery in DELIVERIES if delivery.server == server]
             for server in SERVERS}

    servers = [
        subprocess.Popen(
            ["openssl", "s_server", "-accept", f"{places[delivery]}:10026", "-quiet", "-cert",
             files[delivery.case][1], "-key", files[delivery.case][1], "-cert_chain",
             files[delivery.case][1]],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for delivery in shown["openssl"]]
    doors = [DoorServer((places[delivery], 10025), Door) for delivery in shown["openssl"]]
    for door in doors:
        threading.Thread(target=door.serve_forever, daemon=True).start()
    with Postfix(
            {f"{places[delivery]}:10025": {"smtpd_tls_chain_files": files[delivery.case][1]}
             for delivery in shown["postfix"]},
            smtpd_tls_security_level="may", mynetworks="127.0.0.0/8", smtpd_peername_lookup="no",
            virtual_mailbox_domains=", ".join(
                delivery.domain for delivery in shown["postfix"])) as postfix:
        for delivery in DELIVERIES:
            with smtplib.SMTP(host, port, timeout=LIMIT) as client:
                client.sendmail(
                    "a@sender.example", f"joe@{delivery.domain}",
                    f"Subject: {delivery.domain}\r\n\r\nHello.\r\n")
        fingers = {
            (delivery.case, delivery.level == "rvh"): posttls_finger(
                authority, places[delivery], delivery.names)
            for delivery in shown["postfix"] if delivery.level != "pv"}
        log = pathlib.Path(f"{appliance.directory}/log/mail.current")
        wait("verdict for each delivery", lambda: all(
            delivery.verdict(log.read_text()) for delivery in DELIVERIES))
        expected = [
            delivery for delivery in shown["postfix"]
            if delivery.level == "pv" or delivery.verdict(log.read_text()) == "verified"]
        wait("mail for each domain that gets some",
             lambda: len(postfix.received()) >= len(expected))
        bodies = postfix.received()
    for door in doors:
        door.shutdown()
    for server in servers:
        server.kill()
        server.wait()

    text = log.read_text()
    for delivery in DELIVERIES:
        leaf, chain = files[delivery.case]
        verdict = delivery.verdict(text)
        is_good, complaint = openssl(authority, lists, leaf, chain, delivery.names)
        finger = fingers[delivery.case, delivery.level == "rvh"]
        print(f"{delivery.domain}: appliance {verdict}, openssl {is_good}, posttls-finger {finger}")
        assert (verdict == "verified") is is_good, text
        # It looks at no revocation list.
        assert finger is (is_good or delivery.case == "revoked"), delivery.domain
        if not is_good:
            assert verdict == "refused" if delivery.level != "pv" else verdict in complaint, text
    for delivery in shown["postfix"]:
        came = any(f"Subject: {delivery.domain}\n" in body for body in bodies)
        assert came is (delivery in expected), delivery.domain
    assert sum(delivery.verdict(text) == "verified" for delivery in DELIVERIES) == 16, text

"""ldaptest against a real directory server that demands a client certificate."""

import pathlib
import re
import ssl
import subprocess
import sys

from appliance import ESASH, Appliance, LIMIT, answer, import_certificate
from authority import Authority
from directory import BIND_DN, PASSWORD, Directory, Relay

REFUSED = r"Error: TLS failed: (the handshake broke off: |the server closed the connection )"


def main(appliance):
    appliance.serve()
    slot = appliance.service("smtp", "IncomingMail")[0].split(".")[1]
    host = f"127.{slot}.1.60"
    with open(f"{appliance.directory}/network/zone", "a") as zone:
        zone.write("ldap.example.com. A 192.168.1.60\n")
    lab = Authority(f"{appliance.folder}/lab")
    other = Authority(f"{appliance.folder}/other", "Other")
    certificate, chain, key = lab.issue("server", "ldap.example.com", san=["ldap.example.com"])
    lab.issue("client", "esa.example.com")
    other.issue("wrong", "esa.example.com")
    for authority, file in (lab, "client"), (other, "wrong"):
        appliance.upload(authority.pkcs12(file, "lab"), f"{file}.p12")
    appliance.upload(lab.root, "lab-root.pem")
    pathlib.Path(f"{appliance.folder}/served.pem").write_text(
        pathlib.Path(certificate).read_text() + pathlib.Path(lab.intermediate).read_text())
    with Directory(f"{host}:20389", f"{host}:20636", certificate=f"{appliance.folder}/served.pem",
                   key=key, clients=lab.root) as directory:
        relays = {"LDAPS": Relay((host, 10636), (host, 20636)),
                  "StartTLS": Relay((host, 10389), (host, 20389))}
        try:
            check(appliance, directory, relays, pathlib.Path(f"{lab.folder}/client.pem"))
        finally:
            for relay in relays.values():
                relay.close()


def check(appliance, directory, relays, client):
    child = appliance.shell()
    import_certificate(child, "client", "client.p12")
    import_certificate(child, "wrong", "wrong.p12")
    new_server(child, "LDAPS")
    new_server(child, "StartTLS", starttls=True)
    commit(child)

    # The demonstration certificate, and one of another authority, are not what the server wants.
    for name in relays:
        expect(appliance, name, False, REFUSED)
    choose(child, "wrong", validates=False)
    for name in relays:
        expect(appliance, name, False, REFUSED)
    assert "BIND" not in directory.log_text(), directory.log_text()

    # The right one arrives: TLS 1.2 shows it on the wire.
    der = ssl.PEM_cert_to_DER_cert(client.read_text())
    assert not any(der in relay.received for relay in relays.values())
    choose(child, "client", validates=False)
    for name, relay in relays.items():
        expect(appliance, name, True, "Server certificate not validated.",
               'Client certificate "client" presented.',
               f"Bound successfully with DN {BIND_DN}.", "Result: succeeded")
        assert der in relay.received, f"{name}: the certificate was not sent"
        assert PASSWORD.encode() not in relay.received, f"{name}: the password was sent in clear"
    directory.wait("STARTTLS")
    assert directory.log_text().count(f'BIND dn="{BIND_DN}" mech=SIMPLE') >= 2

    # Whoever the server is, its authority must be known, and its name be right.
    choose(child, "client", validates=True)
    for name in relays:
        expect(appliance, name, False, "Error: TLS failed: (self-signed certificate in|unable to)")
    trust(child)
    for name in relays:
        expect(appliance, name, True, r"Server certificate verified: ldap\.example\.com\.",
               "Result: succeeded")
    edit_server(child, 1, host="192.168.1.60")
    expect(appliance, "LDAPS", False,
           "Error: TLS failed: hostname mismatch, the certificate is for ldap.example.com")
    edit_server(child, 1, host="ldap.example.com", password="wrong")
    expect(appliance, "LDAPS", False,
           r'Error: LDAP authentication failed: <LDAP Error "invalidCredentials" \[0x31\]>')
    edit_server(child, 1, password=PASSWORD)

    # Queries find who is there.
    add_query(child, 1)
    for address, words in (("joe@example.com", "Action: pass"),
                           ("ann@example.com", "Action: drop or bounce")):
        expect(appliance, f"LDAPS.ldapaccept {address}", True, words)
    expect(appliance, "LDAPS.ldapaccept *)(mail=*", True, "found 0 records")


def expect(appliance, arguments, succeeds, *words):
    """Runs ldaptest outside of any session; it must say all of that."""
    done = subprocess.run(
        [ESASH, "run", "-e", "--appliance", appliance.directory, "-c", f"ldaptest {arguments}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        timeout=LIMIT)
    for word in words:
        assert re.search(word, done.stdout), f"ldaptest {arguments}: no {word!r} in\n{done.stdout}"
    assert (done.returncode == 0) == succeeds, f"ldaptest {arguments}: {done.stdout}"


def new_server(child, name, starttls=False):
    """ldapconfig > NEW; the password is typed unseen."""
    answer(child, "ldapconfig", "new", name, "ldap.example.com", "y", "2", BIND_DN,
           until="password:$")
    answer(child, PASSWORD, "3", "", "dc=example,dc=com", until=r"\[\]> $")
    assert PASSWORD not in child.before
    if starttls:
        answer(child, "starttls", "2", "389", until=r"\[\]> $")
        assert "SSL: StartTLS" in child.before, child.before
    answer(child, "", "")


def edit_server(child, number, host="", password=""):
    """ldapconfig > EDIT > SERVER, and the commit."""
    answer(child, "ldapconfig", "edit", str(number), "server", host, "", "", "", password, "", "",
           "", "", "")
    commit(child)


def add_query(child, number):
    answer(child, "ldapconfig", "edit", str(number), "ldapaccept", "", "", "n", "", "")
    commit(child)


def choose(child, certificate, validates):
    """ldapconfig > SETUP, and the commit."""
    answer(child, "ldapconfig", "setup", "", "", "y" if validates else "n", certificate, "")
    commit(child)


def trust(child):
    """certconfig > CERTAUTHORITY > CUSTOM: the lab's root counts."""
    answer(child, "certconfig", "certauthority", "custom", "enable", "import", "lab-root.pem", "",
           "", "")
    commit(child)


def commit(child):
    child.sendline('commit "test"')
    child.expect("Changes committed")
    child.expect(r"> $")


if __name__ == "__main__":
    with Appliance() as appliance:
        main(appliance)
    sys.exit(0)

"""A directory server of a test's own (slapd of OpenLDAP), and a relay that sees what reaches it."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time

LIMIT = 20
SCHEMA = "/etc/ldap/schema"
PASSWORD = "Tr0ub4dor"
BIND_DN = "cn=esa,dc=example,dc=com"

ENTRIES = """\
dn: dc=example,dc=com
objectClass: organization
objectClass: dcObject
o: Example
dc: example

dn: cn=Joe,dc=example,dc=com
objectClass: inetOrgPerson
cn: Joe
sn: Doe
mail: joe@example.com
ou: sales
"""


class Directory:
    """Runs from `with` to its end; a client must show a certificate that leads to `clients`.

    `ldap` and `ldaps` are the places where it listens, each ADDRESS:PORT.
    """

    def __init__(self, ldap, ldaps, *, certificate, key, clients):
        self.places = f"ldap://{ldap} ldaps://{ldaps}"
        self.settings = {
            "TLSCACertificateFile": clients,
            "TLSCertificateFile": certificate,
            "TLSCertificateKeyFile": key,
            "TLSVerifyClient": "demand",
        }

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="esash-slapd-")
        os.mkdir(f"{self.folder}/entries")
        configuration = f"{self.folder}/slapd.conf"
        lines = [f"include {SCHEMA}/{name}.schema" for name in ("core", "cosine", "inetorgperson")]
        lines += [f"pidfile {self.folder}/pid"]
        lines += [f"{key} {value}" for key, value in self.settings.items()]
        lines += ["database ldif", f"directory {self.folder}/entries", "suffix dc=example,dc=com",
                  f"rootdn {BIND_DN}", f"rootpw {PASSWORD}"]
        pathlib.Path(configuration).write_text("\n".join(lines) + "\n")
        environment = dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")
        subprocess.run(["slapadd", "-f", configuration], input=ENTRIES, text=True, check=True,
                       timeout=LIMIT, env=environment)
        self.log = open(f"{self.folder}/log", "w+")
        self.process = subprocess.Popen(
            ["slapd", "-d", "stats", "-f", configuration, "-h", self.places], env=environment,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.wait("slapd starting")
        return self

    def __exit__(self, *_):
        # Not politely: a process of a test may have inherited a blocked SIGTERM.
        self.process.kill()
        self.process.wait(LIMIT)
        self.log.close()
        shutil.rmtree(self.folder)

    def log_text(self):
        return pathlib.Path(f"{self.folder}/log").read_text()

    def wait(self, mark):
        """Waits until its log holds the mark."""
        deadline = time.monotonic() + LIMIT
        while mark not in self.log_text():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise TimeoutError(f"no {mark!r} in:\n{self.log_text()}")
            time.sleep(0.02)


class Relay:
    """Passes connections on to another place, and keeps what clients sent in `received`."""

    def __init__(self, place, target):
        self.target = target
        self.received = b""
        self.listener = socket.create_server(place)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.target, LIMIT)
            for source, drain, keeps in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self.carry, args=(source, drain, keeps), daemon=True).start()

    def carry(self, source, drain, keeps):
        try:
            while data := source.recv(65536):
                if keeps:
                    self.received += data
                drain.sendall(data)
            drain.shutdown(socket.SHUT_WR)
        except OSError:
            # One side is gone: the other learns of it.
            drain.close()

    def close(self):
        self.listener.close()

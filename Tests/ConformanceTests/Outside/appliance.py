"""What the outside scripts share: an appliance in a temporary folder, its sessions, its port."""

import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import pexpect

# Swift's tests start programs from threads that block signals, and children inherit that: ssh would
# learn of no window change, and nobody would end by SIGTERM.
signal.pthread_sigmask(signal.SIG_SETMASK, [])

ESASH = os.path.abspath(sys.argv[1])
MAIN = r"[\w.-]+> $"
LIMIT = 20


def run(*command, **options):
    """Runs a command and returns what it printed; a failure raises."""
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=LIMIT, stdin=subprocess.DEVNULL, **options).stdout


class Appliance:
    """A fresh appliance; it and all that it started end with the `with` block."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="esash-outside-")
        self.directory = f"{self.folder}/appliance"
        self.children = []
        run(ESASH, "appliance", "new", self.directory)
        # A remembered slot is taken again. Others are given from 168 on, so that nobody takes this
        # one while the engine moves from one process to the next.
        pathlib.Path(f"{self.directory}/engine.json").write_text(json.dumps(
            {"slot": 1 + os.getpid() % 160, "addresses": {"services": []}}))
        return self

    def __exit__(self, *_):
        for child in self.children:
            if isinstance(child, pexpect.spawn):
                child.close(force=True)
            else:
                child.send_signal(signal.SIGTERM)
                child.wait(LIMIT)
        shutil.rmtree(self.folder)

    def shell(self, *arguments, **options):
        """A session on a PTY, at its first main prompt."""
        environment = dict(os.environ, TERM="dumb", SWIFT_BACKTRACE="enable=no")
        child = pexpect.spawn(
            ESASH, ["shell", "--appliance", self.directory, *arguments], env=environment,
            encoding="utf-8",
            timeout=LIMIT, dimensions=(200, 200), **options)
        child.delaybeforesend = None
        self.children.append(child)
        child.expect(MAIN)
        return child

    def serve(self):
        """The engine in a process of its own, listening."""
        child = subprocess.Popen(
            [ESASH, "serve", "--appliance", self.directory], stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL, text=True)
        self.children.append(child)
        child.stderr.readline()
        return child

    def service(self, kind, name):
        """Host and port of a service, as soon as the engine has written them."""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            try:
                state = json.loads(pathlib.Path(f"{self.directory}/engine.json").read_text())
                for service in state["addresses"]["services"]:
                    if (service["kind"], service["name"]) == (kind, name) and state.get("socket"):
                        return service["host"], service["port"]
            except (FileNotFoundError, ValueError, KeyError):
                pass
            time.sleep(0.01)
        raise TimeoutError(f"no {kind} service {name}")

    def upload(self, path, name):
        shutil.copy(path, f"{self.directory}/configuration/{name}")


def until(condition, what, limit=30):
    """Waits for a condition, with a bound; `what` may be a function that tells more."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, what() if callable(what) else what
        time.sleep(0.02)


def answer(child, *lines, until=MAIN):
    """Types lines, each after the prompt before it, and returns what came after the last."""
    for line in lines[:-1]:
        child.sendline(line)
        child.expect(r"[>:] ?$")
    child.sendline(lines[-1])
    child.expect(until)
    return child.before


def leaf_of(address):
    """SHA-256 of the certificate that STARTTLS presents, in hexadecimal."""
    with socket.create_connection(address, LIMIT) as plain:
        stream = plain.makefile("rwb")

        def talk(line=None):
            if line:
                stream.write(line + b"\r\n")
                stream.flush()
            reply = stream.readline()
            while reply[3:4] == b"-":
                reply = stream.readline()
            return reply

        talk()
        talk(b"EHLO client.example.com")
        reply = talk(b"STARTTLS")
        if not reply.startswith(b"220"):
            raise ConnectionError(f"STARTTLS is refused: {reply}")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with context.wrap_socket(plain) as secure:
            return hashlib.sha256(secure.getpeercert(True)).hexdigest()


def make_certificate(folder, name, common_name, *options):
    """A key, a self-signed certificate and a PKCS#12 file; returns the certificate's SHA-256."""
    base = f"{folder}/{name}"
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
        "-keyout", f"{base}.key", "-out", f"{base}.pem", "-subj", f"/C=US/O=Lab/CN={common_name}",
        "-addext", f"subjectAltName=DNS:{common_name}")
    run("openssl", "pkcs12", "-export", *options, "-inkey", f"{base}.key", "-in", f"{base}.pem",
        "-out", f"{base}.p12", "-passout", "pass:lab")
    der = ssl.PEM_cert_to_DER_cert(pathlib.Path(f"{base}.pem").read_text())
    return hashlib.sha256(der).hexdigest()


def import_certificate(child, name, file):
    """certconfig > CERTIFICATE > IMPORT, and back to the main prompt."""
    answer(child, "certconfig", "certificate", "import", name, file, "", until="pass phrase.*:")
    answer(child, "lab", until=r"\[\]> $")
    assert "Common Name" in child.before, child.before
    answer(child, "", until=r"\[\]> $")
    answer(child, "")


def allow_tls(child):
    """listenerconfig > EDIT > HOSTACCESS > DEFAULT: TLS preferred; all else as it is."""
    answer(child, "listenerconfig", "edit", "1", "hostaccess", "default", "", "", "", "", "", "",
           "", "", "2", "", "", "", "")

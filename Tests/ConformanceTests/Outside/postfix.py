"""A Postfix of a test's own: its configuration, queue and sockets lie in one temporary folder."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

LIMIT = 20

MASTER = """\
smtp unix - - n - - smtp
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
discard unix - - n - - discard
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Runs from `with` to its end; root alone can run one, for its files belong to `postfix`.

    `listen` is ADDRESS:PORT of its smtpd, or a list of such, each with its own options: a map from
    ADDRESS:PORT to lines of main.cf for that one. `settings` are lines of main.cf. What it receives
    lies in `received()`.
    """

    def __init__(self, listen, **settings):
        self.listen = listen if isinstance(listen, dict) else {listen: {}}
        self.settings = settings

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="esash-postfix-")
        os.chmod(self.folder, 0o755)
        for name in ("etc", "queue", "data", "mail"):
            os.mkdir(f"{self.folder}/{name}")
        owner = pwd.getpwnam("postfix")
        for name in ("data", "mail"):
            os.chown(f"{self.folder}/{name}", owner.pw_uid, owner.pw_gid)
        self.log = pathlib.Path(f"{self.folder}/queue/maillog")
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": f"{self.folder}/queue",
            "data_directory": f"{self.folder}/data",
            "maillog_file": self.log,
            "maillog_file_prefixes": self.folder,
            "myhostname": "postfix.partner.example",
            "mydestination": "",
            "inet_protocols": "ipv4",
            "inet_interfaces": "127.0.0.1",
            "alias_maps": "",
            "alias_database": "",
            "mynetworks": "127.0.0.0/8",
            "smtpd_relay_restrictions": "permit_mynetworks, reject",
            "smtp_dns_support_level": "disabled",
            "smtp_host_lookup": "native",
            "virtual_mailbox_base": f"{self.folder}/mail",
            "virtual_mailbox_maps": "static:all/",
            "virtual_uid_maps": f"static:{owner.pw_uid}",
            "virtual_gid_maps": f"static:{owner.pw_gid}",
            "virtual_mailbox_domains": "",
            "smtputf8_enable": "no",
            "smtp_tls_loglevel": "1",
            "smtpd_tls_loglevel": "1",
            **self.settings,
        }
        self.etc = f"{self.folder}/etc"
        pathlib.Path(f"{self.etc}/main.cf").write_text(
            "".join(f"{key} = {value}\n" for key, value in settings.items()))
        services = "".join(
            f"{place} inet n - n - - smtpd\n" + "".join(
                f"  -o {key}={value}\n" for key, value in options.items())
            for place, options in self.listen.items())
        pathlib.Path(f"{self.etc}/master.cf").write_text(services + MASTER)
        self.run("postfix", "-c", self.etc, "start")
        self.wait("daemon started")
        return self

    def __exit__(self, *_):
        pid = pathlib.Path(f"{self.folder}/queue/pid/master.pid").read_text().strip()
        self.run("postfix", "-c", self.etc, "abort")
        deadline = time.monotonic() + LIMIT
        while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
            time.sleep(0.02)
        if os.path.exists(f"/proc/{pid}"):
            os.kill(int(pid), signal.SIGKILL)
        shutil.rmtree(self.folder)

    def run(self, *command, **options):
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT,
            **options)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stdout}\n{self.log_text()}")
        return done.stdout

    def send(self, sender, recipient, text="Subject: from Postfix\n\nHello.\n"):
        """Puts a message into the queue, as a local user would."""
        self.run("sendmail", "-C", self.etc, "-f", sender, recipient, input=text)

    def log_text(self):
        return self.log.read_text() if self.log.exists() else ""

    def wait(self, mark, count=1):
        """Waits for a line of its log that holds the mark, and returns it."""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            lines = [line for line in self.log_text().splitlines() if mark in line]
            if len(lines) >= count:
                return lines[count - 1]
            time.sleep(0.02)
        raise TimeoutError(f"no {mark!r} in:\n{self.log_text()}")

    def received(self):
        """The messages that were delivered here, as text."""
        return [path.read_text() for path in sorted(pathlib.Path(f"{self.folder}/mail").rglob("*"))
                if path.is_file()]

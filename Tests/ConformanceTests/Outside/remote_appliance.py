"""An appliance that is served over SSH: its users, and OpenSSH's programs as clients."""

import os
import pathlib
import subprocess

import pexpect

from appliance import ESASH, Appliance, run, until

PASSPHRASE = "Tr0ub4dor&3"
MAIN_PROMPT = "mail.example.com> "


class RemoteAppliance(Appliance):
    """An appliance that users reach by SSH; admin has a passphrase and a key."""

    def __enter__(self):
        super().__enter__()
        self.key = f"{self.folder}/key"
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key)
        public = pathlib.Path(f"{self.key}.pub").read_text().strip()
        self.local("passphrase", PASSPHRASE, PASSPHRASE)
        self.local("sshconfig", "userkey", "new", public, "", "", "", "commit", "", "")
        self.server = self.serve_ssh()
        return self

    def local(self, *lines, user="admin"):
        """Commands and answers at the local door; returns what was printed."""
        return subprocess.run(
            [ESASH, "run", "--appliance", self.directory, "--user", user, "-"],
            input="".join(f"{line}\n" for line in lines), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=60, check=True).stdout

    def serve_ssh(self, *options):
        log = open(f"{self.folder}/serve.log", "a")
        child = subprocess.Popen(
            [ESASH, "serve", "--ssh", "--appliance", self.directory, *options],
            stderr=log, stdout=log, stdin=subprocess.DEVNULL)
        self.children.append(child)
        self.address = self.service("ssh", "Management")
        return child

    def add_user(self, name, role):
        """A user with the same passphrase; the role by its number in userconfig."""
        self.local(
            "userconfig", "new", name, name.title(), role, PASSPHRASE, PASSPHRASE, "", "commit",
            "", "")

    # MARK: OpenSSH

    def options(self, password=False):
        how = ["-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password"]
        return [
            "-F", "/dev/null", "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
            "-o", f"UserKnownHostsFile={self.folder}/known_hosts", "-o", "ConnectTimeout=20",
            *(how if password else ["-i", self.key, "-o", "IdentitiesOnly=yes",
                                    "-o", "BatchMode=yes"])]

    def ssh(self, *command, input=None, options=(), user="admin", check=None):
        """`ssh` with the key; returns its outcome, outputs as bytes."""
        host, port = self.address
        result = subprocess.run(
            ["ssh", *self.options(), *options, "-p", str(port), f"{user}@{host}", *command],
            input=input, stdin=subprocess.DEVNULL if input is None else None,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        if check is not None:
            assert result.returncode == check, (result.returncode, result.stdout, result.stderr)
        return result

    def scp(self, source, target, options=()):
        host, port = self.address
        source, target = (text.replace("HOST:", f"admin@{host}:") for text in (source, target))
        return subprocess.run(
            ["scp", "-O", *self.options(), *options, "-P", str(port), source, target],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60)

    def login(self, term="vt100", password=None, size=(24, 80), user="admin"):
        """`ssh` on a PTY, at the main prompt; by passphrase where one is given."""
        host, port = self.address
        child = pexpect.spawn(
            "ssh", [*self.options(password is not None), "-p", str(port), f"{user}@{host}"],
            env=dict(os.environ, TERM=term), encoding="utf-8", timeout=30, dimensions=size)
        child.delaybeforesend = None
        self.children.append(child)
        if password is not None:
            child.expect("[Pp]assword:")
            child.sendline(password)
        child.expect_exact(MAIN_PROMPT)
        return child

    # MARK: What the appliance tells

    def who(self):
        return self.local("who")

    def processes(self):
        """The command lines of all processes of this appliance but the server's own."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            try:
                line = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
            except (OSError, UnicodeDecodeError):
                continue
            if self.directory in line and " serve " not in line and "ssh -F" not in line \
                    and not line.startswith("ssh") and "/esash" in line or (
                        line.startswith("esash ") and self.directory in line
                        and " serve " not in line):
                found.append(line)
        return found

    def until_alone(self):
        """Waits until no process but the server is left of the appliance."""
        try:
            until(lambda: not self.processes(), "")
        except AssertionError:
            state = subprocess.run(
                ["ps", "-eo", "pid,ppid,stat,time,wchan:24,args"], stdout=subprocess.PIPE,
                text=True).stdout
            raise AssertionError("left:\n" + "\n".join(
                line for line in state.splitlines() if self.directory in line)) from None

    def log(self, name):
        return pathlib.Path(f"{self.directory}/log/{name}.current").read_text()

"""Transcripts over SSH: played against an appliance that is served, and recorded on one."""

import contextlib

from appliance import *  # noqa: F403
from remote_appliance import PASSPHRASE, RemoteAppliance

ROOT = pathlib.Path(__file__).resolve().parents[3]
# Sessions that leave the appliance as it was; keys, copies and long output among them.
PURE = """
    certconfig/menus deliveryconfig/interrupted dlpconfig/unknown
    dnsflush/flush exit/exit help/help smtproutes/import-refuses
    sslconfig/interrupted tlsverify/answers version/version whoami/whoami
""".split()


class Served(RemoteAppliance):
    """An appliance that admin reaches by SSH, with a passphrase or a key."""

    def __enter__(self):
        super().__enter__()
        # What ssh runs to ask for a passphrase where there is no terminal (SSH_ASKPASS in ssh(1)).
        self.asker = f"{self.folder}/ask"
        pathlib.Path(self.asker).write_text(f"#!/bin/sh\necho '{PASSPHRASE}'\n")
        os.chmod(self.asker, 0o700)
        return self

    def far(self, *how):
        """The options that name the appliance: with the key, or by passphrase."""
        options = ["StrictHostKeyChecking=no", f"UserKnownHostsFile={self.folder}/known_hosts",
                   "LogLevel=ERROR", *how]
        if not how:
            options += ["PreferredAuthentications=password"]
        host, port = self.address
        return ["--ssh", f"admin@{host}:{port}",
                *(word for option in options for word in ("--ssh-option", option))]

    def with_key(self):
        return [*self.far("BatchMode=yes"), "--identity", self.key]

    def replay(self, *arguments, **environment):
        """Status and output of a replay; there is no terminal to ask on."""
        result = subprocess.run(
            [ESASH, "replay", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=150, start_new_session=True,
            env=dict(os.environ, TMPDIR=self.folder, **environment))
        return result.returncode, result.stdout

    def record(self, file, *options, password=None):
        """A session that is being recorded, at its first main prompt."""
        child = self.begin_record(file, *options, *(self.far() if password else self.with_key()))
        if password:
            child.expect("assword:")
            child.sendline(password)
        child.expect(MAIN)
        return child

    def begin_record(self, file, *options):
        child = pexpect.spawn(
            ESASH, ["record", *options, file], encoding="utf-8", timeout=LIMIT,
            env=dict(os.environ, TMPDIR=self.folder, TERM="xterm"), dimensions=(24, 80))
        child.delaybeforesend = None
        self.children.append(child)
        return child

    def write(self, name, text):
        path = f"{self.folder}/{name}"
        pathlib.Path(path).write_text(text)
        return path


def golden(name):
    path = ROOT / "Transcripts" / f"{name}.transcript"
    return str(path), path.read_text()


def expect_status(expected, result):
    status, output = result
    assert status == expected, f"status {status} instead of {expected}:\n{output}"
    return output


def leave(child):
    child.sendline("exit")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.exitstatus


def command_lines():
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit():
                yield (entry / "cmdline").read_text(errors="replace") + (
                    (entry / "environ").read_text(errors="replace"))


def files_match_or_not(appliance):
    """Existing transcripts match; a falsified one does not; what cannot be done is told."""
    assert len(PURE) >= 10
    output = expect_status(0, appliance.replay(
        *appliance.with_key(), *(golden(name)[0] for name in PURE)))
    assert f"{len(PURE)} of {len(PURE)} transcripts match" in output, output

    text = golden("whoami/whoami")[1]
    false = appliance.write("false.transcript", text.replace("Groups: admin", "Groups: guests"))
    output = expect_status(1, appliance.replay(*appliance.with_key(), false))
    assert "-Groups: guests\n+Groups: admin" in output, output

    here = appliance.write("sh.transcript", text.replace("\nmail", "\n%sh date\n...\nmail", 1))
    output = expect_status(2, appliance.replay("--allow-sh", *appliance.with_key(), here))
    assert "sh.transcript:" in output and "%sh needs an appliance on this machine" in output, output


def how_it_logs_in(appliance):
    """By passphrase where one is asked; a wrong one, or nobody there, is status 2."""
    file, _ = golden("whoami/whoami")
    asks = {"SSH_ASKPASS": appliance.asker, "SSH_ASKPASS_REQUIRE": "force"}
    expect_status(0, appliance.replay(*appliance.far(), file, **asks))
    wrong = appliance.write("wrong", "#!/bin/sh\necho no-Such-1\n")
    os.chmod(wrong, 0o700)
    output = expect_status(
        2, appliance.replay(
            *appliance.far("PreferredAuthentications=password", "NumberOfPasswordPrompts=1"), file,
            **dict(asks, SSH_ASKPASS=wrong)))
    assert "There is no connection" in output, output
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"admin@127.0.0.1:{unused.getsockname()[1]}"
        expect_status(2, appliance.replay("--ssh", nobody, file))

    # On a terminal ssh asks there, once for all files.
    child = pexpect.spawn(
        ESASH, ["replay", *appliance.far(), file, golden("version/version")[0]],
        encoding="utf-8", timeout=LIMIT, env=dict(os.environ, TMPDIR=appliance.folder))
    appliance.children.append(child)
    child.expect("assword:")
    child.sendline(PASSPHRASE)
    child.expect("2 of 2 transcripts match")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def recorded_sessions_replay(appliance):
    """What was recorded replays in process and over SSH."""
    file = f"{appliance.folder}/recorded.transcript"
    child = appliance.record(file, password=PASSPHRASE)
    assert not any(PASSPHRASE in line for line in command_lines())
    child.send("whx\x7foa\t\r")  # corrected, and completed
    child.expect(MAIN)
    answer(child, "userconfig", "new", "joe", "Joe Example", "", "An0ther-one", "An0\x1b[Dther-one",
           until=r"\[\]> $")
    child.send("\x03")
    child.expect(MAIN)
    # Typed ahead, and pasted.
    child.send("certconfig\rcertificate\rpaste\rmine\r")
    child.expect(r"PEM format \(end with '.'\):\r\n")
    child.send("-----BEGIN CERTIFICATE-----\rbm8gY2VydGlmaWNhdGU=\r-----END CERTIFICATE-----\r.\r")
    child.expect(r"discarding.*\[\]> $")
    child.send("\x03")
    child.expect(MAIN)
    child.sendline("help")
    child.expect("-Press Any Key For More-")
    child.send(" ")
    child.expect("-Press Any Key For More-")
    child.send("q")
    child.expect(MAIN)
    leave(child)
    text = pathlib.Path(file).read_text()
    for part in ["window: 24x80\n", "\nmail.example.com> whoami\n", "%secret An0ther-one\n",
                 "\n.\n\nInvalid certificate", "[]> \n%key ^C\n", "%key SPACE\n", "%key q\n"]:
        assert part in text, f"{part!r} is missing in\n{text}"
    assert PASSPHRASE not in text
    assert os.stat(file).st_mode & 0o777 == 0o600
    expect_status(0, appliance.replay(file))
    expect_status(0, appliance.replay(*appliance.with_key(), file))

    # A file that exists is not written over.
    refused = subprocess.run(
        ["script", "-qec", f"{ESASH} record {' '.join(appliance.with_key())} {file}", "/dev/null"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=60)
    assert refused.returncode == 2 and "exists already" in refused.stdout, refused


def logins_may_be_given_up(appliance):
    """Whoever gives up at ssh's question is told so, and leaves no socket and no file."""
    file = f"{appliance.folder}/given-up.transcript"
    for give_up in [lambda child: child.sendcontrol("c"), lambda child: child.kill(signal.SIGTERM)]:
        child = appliance.begin_record(file, *appliance.far())
        child.expect("assword:")
        give_up(child)
        child.expect("There is no connection to [0-9.]+ as admin: ssh ended with status")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 2, (child.exitstatus, child.signalstatus)
        assert not list(pathlib.Path(appliance.folder).glob("esash-ssh-*"))
        assert not os.path.exists(file)


def redacted_sessions_hold_no_secret(appliance):
    file = f"{appliance.folder}/redacted.transcript"
    child = appliance.record(file, "--redact")
    answer(child, "userconfig", "new", "joe", "Joe Example", "", "An0ther-one", "An0ther-one",
           until=r"\[\]> $")
    child.send("\x03")
    child.expect(MAIN)
    leave(child)
    text = pathlib.Path(file).read_text()
    assert "%secret {{secret}}\n" in text and "An0ther-one" not in text, text
    output = expect_status(2, appliance.replay(*appliance.with_key(), file))
    assert "{{secret}} has no value" in output, output


if __name__ == "__main__":
    with Served() as served:
        files_match_or_not(served)
        how_it_logs_in(served)
        logins_may_be_given_up(served)
        recorded_sessions_replay(served)
        redacted_sessions_hold_no_secret(served)
        logs = "".join(path.read_text() for path in pathlib.Path(served.directory).glob("log/*"))
        assert "SSH connection" in logs and PASSPHRASE not in logs and "An0ther-one" not in logs
        # Nothing is left behind: no connection, and no socket of one.
        assert not any(served.folder in line and "ControlPath" in line for line in command_lines())
        assert not list(pathlib.Path(served.folder).glob("esash-ssh-*"))

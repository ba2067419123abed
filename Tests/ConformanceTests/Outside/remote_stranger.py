"""Transcripts over SSH against a stranger: another SSH server, and a shell with manners of its own.

It echoes key by key, sends prompts in pieces, pages whatever the window is, and thinks at times.
"""

import threading

import paramiko

from appliance import *  # noqa: F403

PROMPT = "esa1.lab> "
PAGER = "-Press Any Key For More-"
TRANSCRIPT = """\
Good day.
esa1.lab> list 25
line 1
...
line 24
line 25
esa1.lab> think
working: done
esa1.lab> passphrase
Old passphrase:
%secret s3cret
Right.
esa1.lab> paste
Paste it (end with '.'):
one

two
.
3 lines
esa1.lab>
%key ^C
esa1.lab> vers
%key TAB
Unknown command: version
esa1.lab> exit
"""


class Door(paramiko.ServerInterface):
    def check_auth_password(self, username, password):
        good = (username, password) == ("admin", "ironport")
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username):
        return "password"

    def check_channel_request(self, kind, number):
        return paramiko.OPEN_SUCCEEDED

    def check_channel_pty_request(self, *_):
        return True

    def check_channel_shell_request(self, channel):
        threading.Thread(target=Shell(channel).run, daemon=True).start()
        return True


class Shell:
    def __init__(self, channel):
        self.channel = channel

    def say(self, text):
        self.channel.sendall(text.replace("\n", "\r\n").encode())

    def key(self):
        key = self.channel.recv(1).decode()
        if not key:
            raise EOFError
        return key

    def line(self, echo=True):
        typed = ""
        while True:
            key = self.key()
            if key == "\r":
                self.say("\n")
                return typed
            if key == "\x03":
                self.say("^C\n")
                return ""
            if key == "\t":
                key = "version"[len(typed):]
            typed += key
            if echo:
                self.say(key)

    def run(self):
        try:
            self.say("Good day.\n")
            while True:
                for piece in (PROMPT[:4], PROMPT[4:-1], PROMPT[-1:]):
                    self.say(piece)
                    time.sleep(0.05)
                command, *arguments = self.line().split() or [""]
                if command == "exit":
                    break
                getattr(self, command, lambda *_: self.unknown(command))(*arguments)
            self.channel.send_exit_status(0)
        except EOFError:
            pass
        self.channel.close()

    def unknown(self, command):
        if command:
            self.say(f"Unknown command: {command}\n")

    def list(self, count):
        for number in range(1, int(count) + 1):
            self.say(f"line {number}\n")
            if number % 10 == 0:
                self.say(PAGER)
                self.key()
                self.say("\r" + " " * len(PAGER) + "\r")

    def think(self):
        self.say("working:")
        time.sleep(1)
        self.say(" done\n")

    def passphrase(self):
        self.say("Old passphrase: ")
        self.say("Right.\n" if self.line(echo=False) == "s3cret" else "Wrong.\n")

    def paste(self):
        self.say("Paste it (end with '.'):\n")
        count = 0
        while self.line() != ".":
            count += 1
        self.say(f"{count} lines\n")


def serve(listener, key):
    while True:
        transport = paramiko.Transport(listener.accept()[0])
        transport.add_server_key(key)
        transport.start_server(server=Door())


def main(folder):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    threading.Thread(
        target=serve, args=(listener, paramiko.ECDSAKey.generate()), daemon=True).start()
    asker = pathlib.Path(folder, "ask")
    asker.write_text("#!/bin/sh\necho ironport\n")
    asker.chmod(0o700)
    far = ["--ssh", f"admin@127.0.0.1:{port}"]
    for option in ["StrictHostKeyChecking=no", f"UserKnownHostsFile={folder}/known_hosts",
                   "LogLevel=ERROR", "PreferredAuthentications=password"]:
        far += ["--ssh-option", option]
    environment = dict(
        os.environ, SSH_ASKPASS=str(asker), SSH_ASKPASS_REQUIRE="force", TMPDIR=folder)

    def replay(text):
        path = pathlib.Path(folder, "file.transcript")
        path.write_text(text)
        result = subprocess.run(
            [ESASH, "replay", *far, str(path)], stdin=subprocess.DEVNULL, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        return result.returncode, result.stdout

    status, output = replay(TRANSCRIPT)
    assert status == 0, output
    # With a window in its header a transcript tells the pages itself.
    paged = f"---\nwindow: 24x80\n---\nGood day.\n{PROMPT}list 11\n...\nline 10\n{PAGER}\n"
    status, output = replay(paged + f"%key SPACE\nline 11\n{PROMPT}exit\n")
    assert status == 0, output
    status, output = replay(TRANSCRIPT.replace("3 lines", "4 lines"))
    assert status == 1 and "-4 lines\n+3 lines" in output, output

    recorded = f"{folder}/recorded.transcript"
    child = pexpect.spawn(
        ESASH, ["record", *far, "--redact", recorded], env=dict(environment, TERM="xterm"),
        encoding="utf-8", timeout=LIMIT, dimensions=(24, 80))
    child.expect_exact(PROMPT)
    # All at once: what is typed ahead waits for its prompt.
    child.send("list 11\r passphrase\rs3cret\rpaste\rone\r.\rexit\r")
    child.expect(pexpect.EOF)
    child.close()
    text = pathlib.Path(recorded).read_text()
    assert text == f"""\
---
window: 24x80
---
Good day.
{PROMPT}list 11
{"".join(f"line {number}" + chr(10) for number in range(1, 11))}{PAGER}
%key SPACE
line 11
{PROMPT}passphrase
Old passphrase:{" "}
%secret {{{{secret}}}}
Right.
{PROMPT}paste
Paste it (end with '.'):
one
.
1 lines
{PROMPT}exit
""", text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="esash-outside-") as place:
        main(place)

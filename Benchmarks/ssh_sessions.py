#!/usr/bin/env python3
"""Many SSH sessions at once, each with a dialogue and a commit of its own; beside them OpenSSH's sshd.

    /usr/bin/python3 Benchmarks/ssh_sessions.py [SESSIONS] [PATH-OF-ESASH]

Prints the rows of docs/performance.md: time to the prompt (login by key, terminal, first prompt),
memory of a session, dialogues and commits that ended well. sshd, if it is installed, starts `sh` for
the same client in the same run. Needs python3-asyncssh and a release build.
"""

import asyncio
import os
import pathlib
import pwd
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")
import asyncssh  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200
ESASH = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else f"{ROOT}/.build/release/esash"
PROMPT = "mail.example.com> "


def memory(marks):
    """Private and shared kilobytes (Pss) of all processes whose command line holds all marks."""
    total = 0
    for entry in pathlib.Path("/proc").iterdir():
        try:
            line = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            if any(mark in line for mark in marks):
                for row in (entry / "smaps_rollup").read_text().splitlines():
                    if row.startswith("Pss:"):
                        total += int(row.split()[1])
        except OSError:
            pass
    return total


async def open_session(address, user, key, prompt, number):
    """Comes from one of twenty addresses: a server lets only so many of one wait."""
    start = time.monotonic()
    connection = await asyncssh.connect(
        *address, username=user, client_keys=[key], known_hosts=None, login_timeout=300,
        local_addr=(f"127.0.0.{2 + number % 20}", 0))
    process = await connection.create_process(term_type="dumb", term_size=(200, 60))
    await process.stdout.readuntil(re.escape(prompt))
    return connection, process, time.monotonic() - start


async def talk(process, number):
    """A route for a domain of one's own, and a commit; returns whether it was acknowledged."""
    for line, end in [
            ("smtproutes", "[]> "), ("new", "> "), (f"d{number}.example", "> "),
            (f"mx.d{number}.example", "[]> "), ("", PROMPT), (f"commit session-{number}", PROMPT)]:
        process.stdin.write(line + "\n")
        text = await process.stdout.readuntil(re.escape(end))
    return "Changes committed" in text


async def measure(address, user, key, prompt, marks, talks):
    sessions = await asyncio.gather(
        *[open_session(address, user, key, prompt, number) for number in range(COUNT)])
    times = sorted(session[2] for session in sessions)
    kilobytes = memory(marks) / COUNT
    done, elapsed = 0, 0.0
    if talks:
        start = time.monotonic()
        done = sum(await asyncio.gather(
            *[talk(session[1], number) for number, session in enumerate(sessions)]))
        elapsed = time.monotonic() - start
    for connection, process, _ in sessions:
        process.stdin.write("exit\n")
    for connection, process, _ in sessions:
        await process.wait_closed()
        connection.close()
    return times, kilobytes, done, elapsed


def rows(name, times, kilobytes):
    print(f"| {name}: time to the prompt, {COUNT} at once | {statistics.median(times):.2f} s "
          f"| {times[0]:.2f} – {times[-1]:.2f} |")
    print(f"| {name}: memory of a session | {kilobytes / 1024:.1f} MB | |")


def local(appliance, *lines):
    return subprocess.run(
        [ESASH, "run", "--appliance", appliance, "-"], input="".join(f"{x}\n" for x in lines),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout


def main():
    folder = tempfile.mkdtemp(prefix="esash-bench-")
    appliance, key = f"{folder}/appliance", f"{folder}/key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    subprocess.run([ESASH, "appliance", "new", appliance], check=True, stdout=subprocess.DEVNULL)
    public = pathlib.Path(f"{key}.pub").read_text().strip()
    local(appliance, "sshconfig", "userkey", "new", public, "", "", "", "commit", "", "")
    log = open(f"{folder}/log", "w+")
    server = subprocess.Popen(
        [ESASH, "serve", "--ssh", "--appliance", appliance], stdin=subprocess.DEVNULL, stderr=log)
    peer = None
    try:
        address = None
        while not address:
            time.sleep(0.1)
            for word in pathlib.Path(f"{folder}/log").read_text().split(","):
                if "(SSH)" in word:
                    parts = word.split()
                    address = (parts[parts.index("at") + 1], int(parts[parts.index("port") + 1]))
        # One alone: what a session takes when nobody else comes in.
        global COUNT
        wanted, COUNT = COUNT, 1
        alone = sorted(
            asyncio.run(measure(address, "admin", key, PROMPT, ["\0none"], False))[0][0]
            for _ in range(7))
        COUNT = wanted
        print(f"| esash: time to the prompt, alone | {statistics.median(alone):.2f} s "
              f"| {alone[0]:.2f} – {alone[-1]:.2f} |")
        times, kilobytes, done, elapsed = asyncio.run(measure(
            address, "admin", key, PROMPT,
            [f"ssh-connection --appliance {appliance}", f"shell --appliance {appliance}"], True))
        rows("esash", times, kilobytes)
        print(f"| esash: dialogues with a commit, {COUNT} at once | {done} of {COUNT} "
              f"| in {elapsed:.1f} s |")
        shown = local(appliance, "smtproutes", "print", "")
        kept = sum(f"d{number}.example" in shown for number in range(COUNT))
        print(f"| esash: of these found in the configuration | {kept} of {COUNT} | |")

        sshd = shutil.which("sshd", path="/usr/sbin:/usr/bin")
        if sshd and os.getuid() == 0:
            pathlib.Path(f"{folder}/keys").write_text(public + "\n")
            pathlib.Path("/run/sshd").mkdir(exist_ok=True)
            os.chmod(folder, 0o755)
            peer = subprocess.Popen(
                [sshd, "-D", "-e", "-f", "/dev/null", "-p", "18022", "-h",
                 f"{appliance}/ssh/host_ed25519", "-o", "ListenAddress=127.0.0.1", "-o",
                 "MaxStartups=500", "-o", "PermitRootLogin=yes", "-o", "StrictModes=no", "-o",
                 f"AuthorizedKeysFile={folder}/keys", "-o", "PrintMotd=no", "-o", "ForceCommand=sh",
                 "-o", f"PidFile={folder}/pid"], stderr=log)
            time.sleep(1)
            user = pwd.getpwuid(0).pw_name
            times, kilobytes, _, _ = asyncio.run(measure(
                ("127.0.0.1", 18022), user, key, "# ", ["sshd: ", "sh -c sh", "\0none"], False))
            rows("sshd with sh", times, kilobytes)
    finally:
        for child in [server, peer]:
            if child:
                child.send_signal(signal.SIGTERM)
                child.wait(30)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

"""What the scripts of faults share: sessions on a pipe, mail, the control socket, file systems."""

import contextlib
import json
import os
import pathlib
import shutil
import smtplib
import socket
import sqlite3
import subprocess
import sys

import pexpect

from appliance import ESASH, LIMIT, until  # noqa: F401

QUIET = dict(os.environ, SWIFT_BACKTRACE="enable=no")


def esash(appliance, *arguments, lines=(), under=(), **options):
    """Runs esash on an appliance, fed with lines; returns its status and all that it printed.

    A crash or a stack trace fails; so does a hang.
    """
    result = subprocess.run(
        [*under, ESASH, arguments[0], "--appliance", appliance.directory, *arguments[1:]],
        input="".join(f"{line}\n" for line in lines), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=LIMIT, env=QUIET, **options)
    assert result.returncode >= 0 or under, (arguments, result)
    assert "Fatal error" not in result.stdout and ".swift:" not in result.stdout, result.stdout
    return result.returncode, result.stdout


def refused(appliance, *arguments, **options):
    """The one sentence with which esash says that it could not run (status 2)."""
    status, text = esash(appliance, *arguments, **options)
    assert status == 2 and text.startswith("esash: ") and text.count("\n") == 1, (status, text)
    return text


def commit(appliance, name):
    """Commits a host name in a session of its own; returns status and output."""
    return esash(appliance, "run", "-", lines=[f"sethostname {name}.example.com", f"commit {name}"])


def comments(appliance):
    """The comments of the history, oldest first, as rollbackconfig's database has them."""
    with sqlite3.connect(f"{appliance.directory}/esash.sqlite") as database:
        return [row[0] for row in database.execute("SELECT comment FROM version ORDER BY number")]


def send(address, recipient="joe@example.com", size=60):
    """One message as a relay; returns the reply's code to what was refused, else 250."""
    with smtplib.SMTP(*address, timeout=LIMIT) as client:
        try:
            client.sendmail("a@sender.example", recipient, f"Subject: x\r\n\r\n{'x' * size}\r\n")
        except smtplib.SMTPResponseException as refusal:
            return refusal.smtp_code
        return 250


def ask(appliance, **request):
    """One request on the engine's control socket."""
    path = json.loads(pathlib.Path(f"{appliance.directory}/engine.json").read_text())["socket"]
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(LIMIT)
        connection.connect(path)
        connection.sendall(json.dumps(request).encode() + b"\n")
        return json.loads(connection.makefile().readline())


def log(appliance, name="mail"):
    return pathlib.Path(f"{appliance.directory}/log/{name}.current").read_text()


def in_namespace():
    """Starts the script anew where it may mount file systems that nobody else sees."""
    if os.environ.get("ESASH_NAMESPACE"):
        return
    options = ["-m"] if os.getuid() == 0 else ["-r", "-m"]
    os.environ["ESASH_NAMESPACE"] = "1"
    os.execvp("unshare", ["unshare", *options, sys.executable, *sys.argv])


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


@contextlib.contextmanager
def small_disk(appliance):
    """Moves an appliance that nobody uses to a disk of 3 MB; who uses it later ends with the disk."""
    disk = f"{appliance.folder}/disk"
    os.mkdir(disk)
    mount("-t", "tmpfs", "-o", "size=3m", "none", disk)
    shutil.move(appliance.directory, disk)
    appliance.directory = f"{disk}/appliance"
    try:
        yield disk
    finally:
        for child in appliance.children:
            if isinstance(child, pexpect.spawn):
                child.close(force=True)
            else:
                child.kill()
        subprocess.run(["umount", "-l", disk], check=True)


def fill(disk):
    """Takes all that is left, to the last byte."""
    with open(f"{disk}/ballast", "wb", buffering=0) as file:
        for size in [1 << 16, 1 << 9, 1]:
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass

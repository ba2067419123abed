"""Other files of an appliance are missing, foreign or damaged: each is one sentence, nothing is made
worse, and with the file brought back all is as before.
"""

import sqlite3

from appliance import *
from faults import *


def objects(appliance):
    with sqlite3.connect(f"{appliance.directory}/esash.sqlite") as database:
        return database.execute("SELECT * FROM object ORDER BY kind, name, version").fetchall()


def ended(server, appliance):
    server.send_signal(signal.SIGTERM)
    assert server.wait(LIMIT) == 0
    appliance.children.remove(server)


def secret_key(appliance):
    path = pathlib.Path(f"{appliance.directory}/secret.key")
    key = path.read_bytes()
    before = objects(appliance)
    for wrong, says in [
            (None, "secret.key is missing or damaged"), (b"", "secret.key is missing or damaged"),
            (key[:31], "secret.key is missing or damaged"),
            (os.urandom(32), "certificate/Demo in the database cannot be read")]:
        path.unlink()
        if wrong is not None:
            path.write_bytes(wrong)
        for door in [["run", "-c", "version"], ["shell"], ["serve"]]:
            text = refused(appliance, *door)
            assert says in text, text
        assert path.exists() == (wrong is not None), "a new key was made"
        path.write_bytes(key)
    assert objects(appliance) == before
    assert commit(appliance, "key")[0] == 0


def queue(appliance):
    """Without a queue nobody takes mail; what is configured is committed all the same."""
    path = pathlib.Path(f"{appliance.directory}/queue.sqlite")
    server = appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    assert ask(appliance, request="suspenddel", delay=1)["ok"]
    assert send(address) == 250
    ended(server, appliance)
    good = path.read_bytes()
    for damaged in [os.urandom(len(good)), good[:len(good) // 2], os.urandom(100) + good[100:], b""]:
        path.write_bytes(damaged)
        text = refused(appliance, "serve")
        assert "The mail queue, " in text and "Without that file an empty one is made." in text
        status, text = esash(
            appliance, "shell", lines=["sethostname queue.example.com", "commit queue", "status"])
        assert status in (0, 1) and "\nNote: The mail queue, " in text, (status, text)
        assert "Changes committed" in text, text
        assert path.read_bytes() == damaged, "the damaged queue was written to"
        esash(appliance, "run", "-", lines=["sethostname mail.example.com", "commit back"])
    path.write_bytes(good)
    server = appliance.serve()
    assert ask(appliance, request="resumedel")["ok"]
    mailbox = pathlib.Path(f"{appliance.directory}/network/mailbox")
    until(lambda: list(mailbox.glob("*.eml")), "the message of the queue that came back is lost")
    ended(server, appliance)
    # Moved away, as the sentence says.
    path.write_bytes(os.urandom(5000))
    for file in path.parent.glob("queue.sqlite*"):
        file.rename(f"{appliance.folder}/{file.name}")
    appliance.serve()
    assert send(address) == 250


def damaged_message(appliance):
    """One message of the queue cannot be read: the others go out, and the log tells which stays."""
    server = appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    assert ask(appliance, request="suspenddel", delay=1)["ok"]
    for number in range(3):
        assert send(address, f"joe{number}@example.com", size=20_000) == 250
    ended(server, appliance)
    path = f"{appliance.directory}/queue.sqlite"
    with sqlite3.connect(path) as database:
        page = database.execute(
            "SELECT pageno FROM dbstat WHERE name = 'content' AND pagetype = 'overflow'"
            " ORDER BY path LIMIT 1").fetchone()[0]
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    server = appliance.serve()
    assert ask(appliance, request="resumedel")["ok"]
    until(lambda: log(appliance).count("Message finished") >= 2, "the others did not go out")
    until(lambda: "cannot be delivered: The mail queue is damaged: " in log(appliance),
          "the log does not tell")
    assert send(address) == 250
    until(lambda: len(ask(appliance, request="recipients")["recipients"]) == 1,
          "more or less than the damaged message is in the queue")
    ended(server, appliance)


with Appliance() as appliance:
    secret_key(appliance)
    queue(appliance)

with Appliance() as appliance:
    damaged_message(appliance)

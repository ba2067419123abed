"""Bytes of the database go bad: esash says so, leaves the file as it is, and what is good in it can
be saved. What is torn in its write-ahead log was never acknowledged; all before it is there.
"""

import random
import sqlite3

from appliance import *
from faults import *

PAGE = 4096
SEED = random.randrange(1 << 30)


def settle(appliance):
    """Moves all from the write-ahead log into the file, so that the file alone has it."""
    database = sqlite3.connect(f"{appliance.directory}/esash.sqlite")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def overwritten(data, page, filling):
    return data[:page * PAGE] + filling(PAGE) + data[(page + 1) * PAGE:]


def tree_pages(path):
    """Pages of tables and indices; what is written over a free one harms nobody, and what is in
    the midst of a long value SQLite cannot judge."""
    database = sqlite3.connect(path)
    found = database.execute("SELECT pageno FROM dbstat WHERE pagetype <> 'overflow' AND pageno > 1")
    pages = [row[0] - 1 for row in found]
    database.close()
    return pages


def damage(appliance, path):
    """Each damage, tried through each door."""
    good = path.read_bytes()
    trees = tree_pages(path)
    choice = random.Random(SEED)
    damaged = {
        "its head": os.urandom(100) + good[100:],
        "its first half": os.urandom(len(good) // 2) + good[len(good) // 2:],
        "the end is missing": good[:len(good) - 5000],
        "one half is missing": good[:len(good) // 2],
        "all is missing": b"",
        **{f"page {page} is noise": overwritten(good, page, os.urandom)
           for page in choice.sample(trees, 3)},
        **{f"page {page} is empty": overwritten(good, page, bytes)
           for page in choice.sample(trees, 3)},
    }
    for name, data in damaged.items():
        path.write_bytes(data)
        for door in [["run", "-c", "version"], ["shell"], ["serve"]]:
            text = refused(appliance, *door)
            assert "esash.sqlite, is damaged: " in text and "as it is" in text, (name, text)
        assert path.read_bytes() == data, f"{name}: the file was written to"
    path.write_bytes(good)


def salvage(appliance, path, structure):
    """As docs/reliability.md says: what SQLite can still read, in a new file in the old one's place."""
    good = path.read_bytes()
    database = sqlite3.connect(path)
    root = database.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", [structure]).fetchone()[0]
    database.close()
    path.write_bytes(overwritten(good, root - 1, os.urandom))
    refused(appliance, "run", "-c", "version")
    subprocess.run(
        f"umask 077; cd {appliance.directory} && sqlite3 esash.sqlite .dump 2>/dev/null"
        " | sed 's/^ROLLBACK;.*/COMMIT;/' | sqlite3 saved.sqlite"
        " && rm esash.sqlite* && mv saved.sqlite esash.sqlite",
        shell=True, check=True, timeout=LIMIT)
    assert path.stat().st_mode & 0o777 == 0o600
    known = comments(appliance)
    assert known[:4] == ["Factory default", "one", "two", "three"], known
    status, text = commit(appliance, f"after-{structure.replace('_', '-')}")
    assert status == 0 and "Changes committed" in text, text
    assert comments(appliance)[:-1] == known
    settle(appliance)


def torn_log(appliance):
    """The write-ahead log is cut or spoilt at any place, as by a machine that lost its power."""
    base = f"{appliance.folder}/torn"
    shutil.copytree(appliance.directory, base)
    wal = pathlib.Path(f"{base}/esash.sqlite-wal")
    whole = wal.read_bytes()
    known = comments(appliance)
    choice = random.Random(SEED)
    counts = set()
    for number in range(6):
        copy = Appliance()
        copy.directory = f"{appliance.folder}/torn{number}"
        shutil.copytree(base, copy.directory)
        place = choice.randrange(len(whole) * number // 6, len(whole) * (number + 1) // 6)
        data = whole[:place] if number % 2 else \
            whole[:place] + os.urandom(50) + whole[place + 50:]
        # The index of the log is memory that all processes share; a power failure ends it.
        pathlib.Path(f"{copy.directory}/esash.sqlite-shm").unlink(missing_ok=True)
        pathlib.Path(f"{copy.directory}/esash.sqlite-wal").write_bytes(data)
        status, text = commit(copy, "after")
        assert status == 0 and "Changes committed" in text, (place, text)
        found = comments(copy)
        assert found == known[:len(found) - 1] + ["after"], (place, found)
        counts.add(len(found))
    assert len(counts) > 1, "no place was torn that mattered"


with Appliance() as appliance:
    print(f"seed {SEED}")
    for name in ["one", "two", "three"]:
        assert commit(appliance, name)[0] == 0
    path = pathlib.Path(f"{appliance.directory}/esash.sqlite")
    settle(appliance)
    whole = path.read_bytes()
    for name in ["four", "five", "six"]:
        assert commit(appliance, name)[0] == 0
    torn_log(appliance)
    for file in path.parent.glob("esash.sqlite*"):
        file.unlink()
    path.write_bytes(whole)
    damage(appliance, path)
    # An index, of which all stands in its table too; and a table that no configuration needs.
    salvage(appliance, path, "object_version")
    salvage(appliance, path, "login")

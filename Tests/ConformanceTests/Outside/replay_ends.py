"""A signal ends a replay, and all that it has started: nothing runs on, nothing is left in the
temporary folder, and the replay ends by the signal.
"""

from appliance import *

# What replays wait in, a command outside or a line of the log that never comes; before that they
# tell the number of a process group and where it works.
TELL = "%sh pwd > place; mv place FOLDER/group-$$"
WAITS = {
    "sh": f"{TELL}; sleep 300 & sleep 300; wait",
    "log": f"{TELL}\n%log never to be seen",
}
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def group(number):
    """The processes of a group that have not ended."""
    listing = run("ps", "-A", "-o", "pgid=,stat=")
    return [line for line in listing.splitlines()
            if line.split()[0] == str(number) and not line.split()[1].startswith("Z")]


def replay(folder, waits, name):
    """Replays sessions side by side and sends a signal when all of them wait."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=folder))
    files = []
    for number, wait in enumerate(waits):
        file = folder / f"{number}.transcript"
        wait = wait.replace("FOLDER", str(folder))
        file.write_text(f"---\nengine: true\n---\n...\nmail.example.com> version\n...\n{wait}\n"
                        "mail.example.com> exit\n")
        files.append(str(file))
    child = subprocess.Popen(
        [ESASH, "replay", "--allow-sh", "--jobs", str(len(files)), *files],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        until(lambda: len(list(folder.glob("group-*"))) == len(files), "they wait")
        child.send_signal(name)
        text = child.communicate(timeout=LIMIT)[0]
    finally:
        child.kill()
    assert child.returncode == -name, (child.returncode, text)
    assert text == "", text
    for file in folder.glob("group-*"):
        work = pathlib.Path(file.read_text().strip())
        assert work.parent.name.startswith("esash-replay-") and not work.parent.exists(), work
        until(lambda: group(file.name.removeprefix("group-")) == [], f"{waits}: {file} has ended")


with tempfile.TemporaryDirectory(prefix="esash-outside-") as folder:
    for name in SIGNALS:
        replay(folder, [WAITS["sh"]], name)
    replay(folder, [WAITS["log"]], signal.SIGINT)
    replay(folder, [WAITS["sh"], WAITS["log"], WAITS["sh"]], signal.SIGTERM)

"""A session is killed at each system call with which it writes a file for the user: at its name is no
part of a file, and what was there before is there still.
"""

from appliance import *
from faults import *

CALLS = [("fsync", 1), ("fsync", 2), ("rename", 1), *[("write", count) for count in range(1, 12, 2)]]

with Appliance() as appliance:
    folder = pathlib.Path(f"{appliance.directory}/configuration")
    esash(appliance, "run", "-c", "saveconfig y 2")
    first = next(folder.glob("*.xml"))
    text = first.read_text()
    kills = 0
    for call, count in CALLS:
        status, _ = esash(
            appliance, "run", "-c", "saveconfig y 2", under=[
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                f"inject={call}:signal=SIGKILL:when={count}"])
        kills += status == -signal.SIGKILL
        for file in folder.glob("*.xml"):
            assert file.read_text().rstrip().endswith("</config>"), (call, count)
        assert first.read_text() == text, (call, count)
    assert kills >= 5, f"only {kills} were killed"
    status, text = esash(appliance, "run", "-c", "saveconfig y 1")
    assert status == 0 and "Configuration saved." in text, text
    print(f"{kills} of {len(CALLS)} killed")

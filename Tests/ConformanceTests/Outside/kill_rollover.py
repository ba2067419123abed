"""A process is killed at each system call with which it rolls a log over: the log goes on, no line is
torn, and each file begins with its heading.
"""

import re

from appliance import *
from faults import *

LINE = re.compile(r"\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} (Info|Warning|Critical|Debug): ")
# The old file is renamed, then the new one; all of it under a lock.
CALLS = [("renameat", 1), ("renameat", 2)] * 2 + [("flock", count) for count in range(2, 8)]


def texts(appliance):
    """What stands in the log's files; each must be whole lines."""
    found = [path.read_text() for path in pathlib.Path(f"{appliance.directory}/log").glob("system.*")
             if path.suffix != ".new"]
    for text in found:
        assert text.endswith("\n"), text
        for line in text.splitlines():
            assert LINE.match(line), line
    return found


with Appliance() as appliance:
    assert commit(appliance, "first")[0] == 0
    kills = 0
    for number, (call, count) in enumerate(CALLS):
        status, _ = esash(
            appliance, "run", "-c", "rollovernow system_logs", under=[
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                f"inject={call}:signal=SIGKILL:when={count}"])
        kills += status < 0 or status == 137
        # Whoever comes next goes on.
        status, text = commit(appliance, f"after{number}")
        assert status == 0 and "Changes committed" in text, (call, text)
        assert "".join(texts(appliance)).count(f"commit changes: after{number}\n") == 1, call
        before = len(texts(appliance))
        status, text = esash(appliance, "run", "-c", "rollovernow system_logs")
        assert status == 0 and "rolled over" in text, (call, text)
        assert len(texts(appliance)) > min(before, 9), call
    assert kills >= 4, f"only {kills} were killed"
    print(f"{kills} of {len(CALLS)} killed, {len(texts(appliance))} files")

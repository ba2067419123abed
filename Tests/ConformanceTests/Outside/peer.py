"""A remote mail server of the lab in a process of its own (`esash peer run`)."""

import contextlib
import signal
import subprocess

from appliance import ESASH, LIMIT


@contextlib.contextmanager
def peer(appliance, behaviour, *options):
    """A peer that listens; SIGTERM ends it with status 0."""
    child = subprocess.Popen(
        [ESASH, "peer", "run", behaviour, "--appliance", appliance.directory, *options],
        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    try:
        yield child.stderr.readline()
    finally:
        child.send_signal(signal.SIGTERM)
        status = child.wait(LIMIT)
        child.stderr.close()
    assert status == 0, status

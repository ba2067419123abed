"""`serve` and `peer run` end by SIGHUP, but not under nohup(1), where they outlive their terminal; the
sessions that such a `serve` starts end by it all the same.
"""

from appliance import *
from remote_appliance import RemoteAppliance


def ignores_hang_up(process):
    """Whether the kernel throws SIGHUP away, for a process that has taken over its signals."""
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("SigIgn:"):
            return bool(int(line.split()[1], 16) >> signal.SIGHUP - 1 & 1)
    raise AssertionError(f"{process} has no signals")


def start(appliance, *command):
    """Starts a program that serves; returns it when it has said where."""
    child = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    appliance.children.append(child)
    while " at " not in child.stderr.readline():
        assert child.poll() is None, "it ended"
    return child


def end(appliance, child, by):
    child.send_signal(by)
    assert child.wait(LIMIT) == 0
    appliance.children.remove(child)


def children(process):
    path = pathlib.Path(f"/proc/{process}/task")
    return [int(number) for task in path.iterdir()
            for number in (task / "children").read_text().split()]


with RemoteAppliance() as appliance:
    end(appliance, appliance.server, signal.SIGHUP)
    place = ["--appliance", appliance.directory]
    server = start(appliance, "nohup", ESASH, "serve", "--ssh", *place)
    assert ignores_hang_up(server.pid)
    server.send_signal(signal.SIGHUP)
    appliance.address = appliance.service("ssh", "Management")
    session = appliance.login()
    [connection] = children(server.pid)
    [shell] = children(connection)
    assert not ignores_hang_up(connection) and not ignores_hang_up(shell)
    os.kill(shell, signal.SIGHUP)
    session.expect(pexpect.EOF)
    end(appliance, server, signal.SIGTERM)

    peer = [ESASH, "peer", "run", "good", *place, "--at", "10.0.0.1"]
    end(appliance, start(appliance, *peer), signal.SIGHUP)
    child = start(appliance, "nohup", *peer)
    assert ignores_hang_up(child.pid)
    child.send_signal(signal.SIGHUP)
    end(appliance, child, signal.SIGINT)

"""The processes that serve a connection are killed while a file comes in by it.

It is written when its last byte has come, at once and whole; until then nothing may be seen of it.
"""

from remote import *


def door_processes(appliance):
    """The processes that serve connections, below the server."""
    def children(process):
        found = []
        for task in pathlib.Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *children(int(child))]
        return found
    return children(appliance.server.pid)


@case(3, "scp -O", "a connection killed before the last byte of an upload leaves the old file, and others served")
def killed_in_scp(appliance):
    stored = pathlib.Path(f"{appliance.directory}/configuration/chain.pem")
    old = os.urandom(3_000_000)
    stored.write_bytes(old)
    host, port = appliance.address
    for number in range(4):
        size = 5_000_000
        child = subprocess.Popen(
            ["ssh", *appliance.options(), "-p", str(port), f"admin@{host}",
             "scp -t /configuration/chain.pem"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert child.stdout.read(1) == b"\0"
        child.stdin.write(f"C0644 {size} chain.pem\n".encode())
        child.stdin.flush()
        assert child.stdout.read(1) == b"\0"
        child.stdin.write(bytes(size * number // 4))
        child.stdin.flush()
        for process in door_processes(appliance):
            os.kill(process, signal.SIGKILL)
        try:
            child.stdin.close()
        except BrokenPipeError:
            pass
        assert child.wait(30) != 0
        child.stdout.close()
        assert stored.read_bytes() == old, number
        assert "Serial #" in appliance.ssh("version", check=0).stdout.decode()
    new = f"{appliance.folder}/new.pem"
    pathlib.Path(new).write_bytes(b"new")
    assert appliance.scp(new, "HOST:/configuration/chain.pem").returncode == 0
    assert stored.read_bytes() == b"new"


if __name__ == "__main__":
    main()

"""Thousands of idle connections are held in little memory while others are served, and all that
they took is given back."""

import os
import resource
import selectors
import smtplib
import socket
import subprocess
import time

from appliance import ESASH, LIMIT, Appliance

WANTED = 5000
# A debug build needs most; what is kept for each must not depend on what the client sends.
BYTES_EACH = 64 << 10


def raise_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def resident(process):
    with open(f"/proc/{process}/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def descriptors(process):
    return len(os.listdir(f"/proc/{process}/fd"))


def connect(address, number):
    connection = socket.socket()
    host = address[0].split(".")[1]
    connection.bind((f"127.{host}.{100 + number // 200}.{10 + number % 200}", 0))
    connection.settimeout(LIMIT)
    connection.connect(address)
    return connection


def expect(connections, start):
    """Reads a reply from each connection."""
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection, selectors.EVENT_READ)
        waiting = len(connections)
        deadline = time.monotonic() + 4 * LIMIT
        while waiting:
            assert time.monotonic() < deadline, f"{waiting} connections without an answer"
            for key, _ in selector.select(1):
                line = key.fileobj.recv(4096)
                assert line.startswith(start) and line.endswith(b"\r\n"), line
                selector.unregister(key.fileobj)
                waiting -= 1


def deliver(address, count):
    with smtplib.SMTP(*address, timeout=LIMIT) as client:
        for number in range(count):
            client.sendmail("a@partner.example", "joe@example.com", f"Subject: {number}\r\n\r\nx\r\n")


raise_limit()
count = min(WANTED, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 300)
assert count >= 500, "this machine allows a process too few open files"

with Appliance() as appliance:
    answers = ["listenerconfig", "setup", "60000", "", "", "", "edit", "1", "limits", "10000", "500",
               "", "", "commit", "", ""]
    with subprocess.Popen(
            [ESASH, "run", "--appliance", appliance.directory, "-"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True) as shell:
        output, _ = shell.communicate("\n".join(answers) + "\n", LIMIT)
    assert "Changes committed" in output, output
    server = subprocess.Popen(
        [ESASH, "serve", "--appliance", appliance.directory], stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL, text=True, preexec_fn=raise_limit)
    appliance.children.append(server)
    address = appliance.service("smtp", "IncomingMail")
    deliver(address, 5)
    memory, files = resident(server.pid), descriptors(server.pid)

    connections = [connect(address, number) for number in range(count)]
    expect(connections, b"220 ")
    deliver(address, 20)
    for connection in connections:
        connection.sendall(b"EHLO client.example\r\n")
    expect(connections, b"250-")
    # Of a line that never ends nothing is kept.
    for connection in connections:
        connection.sendall(b"NOOP " + b"x" * 8000)
    deliver(address, 20)
    each = (resident(server.pid) - memory) // count
    print(f"{count} connections, {each} bytes each")
    # A sanitizer needs memory of its own for all that is allocated.
    assert each < BYTES_EACH or "SANITIZER" in os.environ, f"{each} bytes for each connection"

    for connection in connections:
        connection.close()
    deadline = time.monotonic() + 2 * LIMIT
    while descriptors(server.pid) > files + 50:
        assert time.monotonic() < deadline, f"{descriptors(server.pid)} files are still open"
        time.sleep(0.05)
    deliver(address, 5)

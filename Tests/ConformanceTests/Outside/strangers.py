"""Strangers at the doors that the engine keeps itself, its pages and the store behind it: who never
reads, or never ends a line, makes nothing grow; who takes many places leaves some."""

import os
import resource
import smtplib
import socket
import ssl
import time

from appliance import ESASH, LIMIT, Appliance, run, until

# What a debug build needs for the first of each kind, and no more with each byte.
GROWTH = 24 << 20
MEGABYTE = b"x" * (1 << 20)

UNTRUSTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UNTRUSTED.check_hostname = False
UNTRUSTED.verify_mode = ssl.CERT_NONE


def resident(process):
    with open(f"/proc/{process}/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def connect(address, number=9):
    """A connection of a host that nothing names."""
    connection = socket.socket()
    connection.bind((f"127.{address[0].split('.')[1]}.0.{number}", 0))
    connection.settimeout(LIMIT)
    connection.connect(address)
    return connection


def page(address, number):
    with UNTRUSTED.wrap_socket(connect(address, number)) as secure:
        secure.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return secure.makefile("rb").readline()


def pour(connection, piece, size):
    """Sends so many bytes at most, without reading; stops where nobody takes them any more."""
    connection.settimeout(2)
    sent = 0
    try:
        while sent < size:
            connection.sendall(piece)
            sent += len(piece)
    except (OSError, ssl.SSLError):
        pass
    return sent


def grows_little(server, before, what):
    # A sanitizer needs memory of its own for all that is allocated.
    growth = resident(server) - before
    print(f"{what}: {growth >> 20} MB")
    assert growth < GROWTH or "SANITIZER" in os.environ, f"{what}: {growth} bytes"


with Appliance() as appliance:
    server = appliance.serve().pid
    web = appliance.service("https", "Management")
    host, port = run(
        ESASH, "appliance", "address", appliance.directory, "192.168.1.50").strip().split(":")
    store = host, int(port)
    assert page(web, 10).startswith(b"HTTP/1.1 200 ")
    before = resident(server)

    # Requests without end, and no answer fetched.
    with UNTRUSTED.wrap_socket(connect(web)) as secure:
        sent = pour(secure, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 1000, 200 << 20)
        assert sent < 100 << 20, sent
        grows_little(server, before, "requests")

    # One host takes all places that it gets; others are served.
    held = [connect(web) for _ in range(210)]
    for number in range(10, 20):
        assert page(web, number).startswith(b"HTTP/1.1 200 ")
    open_ones = 0
    for connection in held:
        connection.setblocking(False)
        try:
            open_ones += connection.recv(1) != b""
        except BlockingIOError:
            open_ones += 1
        except ConnectionError:
            pass
        connection.close()
    assert open_ones <= 50, open_ones
    grows_little(server, before, "connections")

    # A line of 200 MB that never ends, as a command and in a message.
    for commands in [b"", b"EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n"]:
        with connect(store) as line:
            line.sendall(commands)
            pour(line, MEGABYTE, 200 << 20)
            if not commands:
                grows_little(server, before, "a line")
            else:
                # The largest message that is taken is 50 MB, and a buffer may be half empty.
                assert resident(server) - before < 200 << 20 or "SANITIZER" in os.environ
    # Commands without end, and no reply fetched.
    with connect(store) as line:
        sent = pour(line, b"NOOP\r\n" * 10000, 200 << 20)
        assert sent < 100 << 20, sent

    with smtplib.SMTP(*store, timeout=LIMIT) as client:
        client.sendmail("a@partner.example", "joe@example.com", "Subject: x\r\n\r\nx\r\n")
    kept = f"{appliance.directory}/network/mailbox/000001.eml"
    until(lambda: os.path.exists(kept), "the message")

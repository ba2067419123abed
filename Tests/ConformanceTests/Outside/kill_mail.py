"""The engine is killed again and again while it receives and delivers: no acknowledged message is
lost, and one comes twice only where its delivery was under way at the kill.

Eight connections send without a pause; a sink takes the deliveries slowly, so that many messages
are in the queue at each kill. Half of the kills come after a random time, half at a random one of
the system calls that write or sync (strace sends SIGKILL in place of the call).
"""

import pathlib
import random
import signal
import socket
import subprocess
import threading
import time

from appliance import ESASH, LIMIT, Appliance

ROUNDS = 12
SENDERS = 8
SEED = random.randrange(1 << 30)
CALLS = ["pwrite64", "fdatasync", "write", "writev", "sendto", "close", "accept4", "ftruncate"]


class Sink:
    """An SMTP server that notes the Message-ID of each body before it acknowledges it."""

    def __init__(self, address):
        self.lock = threading.Lock()
        self.bodies = []
        self.open = 0
        self.server = socket.create_server(address, backlog=200)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.server.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with self.lock:
            self.open += 1
        try:
            with connection, connection.makefile("rwb") as stream:
                def say(text):
                    stream.write(text + b"\r\n")
                    stream.flush()

                say(b"220 sink.example ESMTP")
                while line := stream.readline():
                    word = line[:4].upper()
                    if word == b"DATA":
                        say(b"354 go ahead")
                        identifier = None
                        while (text := stream.readline()) != b".\r\n":
                            if not text:
                                return
                            if text.lower().startswith(b"message-id:"):
                                identifier = text.split(b"<")[1].split(b">")[0].decode()
                        with self.lock:
                            self.bodies.append(identifier)
                        time.sleep(0.005)
                        say(b"250 ok")
                    elif word == b"QUIT":
                        say(b"221 bye")
                        return
                    else:
                        say(b"250 ok")
        except OSError:
            pass
        finally:
            with self.lock:
                self.open -= 1


class Sender(threading.Thread):
    """Sends one message after another, over a new connection when the old one breaks."""

    def __init__(self, number, address):
        super().__init__(daemon=True)
        self.number = number
        self.address = address
        self.acknowledged = []
        self.count = 0
        self.goes_on = True

    def run(self):
        while self.goes_on:
            try:
                with socket.create_connection(self.address, LIMIT) as connection:
                    self.talk(connection.makefile("rwb"))
            except OSError:
                time.sleep(0.01)

    def talk(self, stream):
        def expect(code):
            line = stream.readline()
            while line[3:4] == b"-":
                line = stream.readline()
            if not line.startswith(code):
                raise OSError(f"{line!r} in place of {code!r}")

        def say(line, code):
            stream.write(line + b"\r\n")
            stream.flush()
            expect(code)

        expect(b"220")
        say(b"EHLO sender.example", b"250")
        while self.goes_on:
            self.count += 1
            identifier = f"{self.number}.{self.count}@sender.example"
            say(b"MAIL FROM:<a@sender.example>", b"250")
            say(b"RCPT TO:<b@sink.example>", b"250")
            say(b"DATA", b"354")
            text = f"Message-ID: <{identifier}>\r\nSubject: kill\r\n\r\n" + "x" * 70 + "\r\n"
            say(text.encode() + b".", b"250")
            self.acknowledged.append(identifier)


def start(appliance, chance):
    """The engine, perhaps under strace, listening."""
    command = [ESASH, "serve", "--appliance", appliance.directory]
    if chance is not None:
        call, count = chance
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                   f"inject={call}:signal=SIGKILL:when={count}"] + command
    child = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    child.stderr.readline()
    return child


with Appliance() as appliance:
    zone = pathlib.Path(f"{appliance.directory}/network/zone")
    zone.write_text(zone.read_text() + "\nsink.example. 300 IN MX 10 mx.sink.example.\n"
                    "mx.sink.example. 300 IN A 10.0.7.7\n")
    choice = random.Random(SEED)
    child = start(appliance, None)
    host, port = appliance.service("smtp", "IncomingMail")
    slot = host.split(".")[1]
    sink = Sink((f"127.{slot}.7.7", 10025))
    senders = [Sender(number, (host, port)) for number in range(SENDERS)]
    for sender in senders:
        sender.start()

    waiting, gaps = [], 0
    for number in range(ROUNDS):
        if number % 2:
            # Killed by strace at a call of its own choice, or by us when that call is rare.
            deadline = time.monotonic() + 3
            while child.poll() is None and time.monotonic() < deadline:
                time.sleep(0.01)
        else:
            time.sleep(choice.uniform(0.2, 0.8))
        with sink.lock:
            gaps += sink.open
            waiting.append(sum(len(s.acknowledged) for s in senders) - len(set(sink.bodies)))
        subprocess.run(["pkill", "-KILL", "-f", f"serve --appliance {appliance.directory}"])
        child.wait(LIMIT)
        child.stderr.close()
        chance = None if number % 2 else (choice.choice(CALLS), choice.randrange(20, 400))
        child = start(appliance, chance)

    subprocess.run(["pkill", "-KILL", "-f", f"serve --appliance {appliance.directory}"])
    child.wait(LIMIT)
    child.stderr.close()
    child = start(appliance, None)
    for sender in senders:
        sender.goes_on = False
    for sender in senders:
        sender.join(LIMIT)
    acknowledged = {i for sender in senders for i in sender.acknowledged}
    deadline = time.monotonic() + 60
    while acknowledged - set(sink.bodies) and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGTERM)
    child.wait(LIMIT)

    lost = acknowledged - set(sink.bodies)
    duplicates = len(sink.bodies) - len(set(sink.bodies))
    print(f"seed {SEED}: {len(acknowledged)} acknowledged, {ROUNDS + 1} kills, waiting at the "
          f"kills {waiting}, {len(lost)} lost, {duplicates} twice, {gaps} deliveries under way")
    assert not lost, sorted(lost)[:10]
    assert duplicates <= gaps + SENDERS, "a message came twice that was not under way"
    assert max(waiting) >= 50, "too little was in the queue"

"""Clients that mean ill: nothing leaks, nothing hangs, no one gets in."""

import random
import select

import paramiko

from remote import *


def at_rest(figure):
    """A figure, as soon as it has been the same for two seconds."""
    known = None
    while (value := figure()) != known:
        known = value
        time.sleep(2)
    return value


def say_and_leave(raw, *pieces):
    """Sends bytes, no more after them, and waits until the server has closed the connection."""
    raw.settimeout(20)
    try:
        for piece in pieces:
            raw.sendall(piece)
        raw.shutdown(socket.SHUT_WR)
        while raw.recv(65536):
            pass
    except ConnectionError:
        pass


@case(7, "raw sockets", "noise instead of a handshake ends the connection, and others are served")
def noise(appliance):
    chance = random.Random(7351)
    starts = [b"", b"SSH-2.0-x\r\n", b"SSH-1.5-x\r\n", b"SSH-2.0-" + b"x" * 300 + b"\r\n",
              b"GET / HTTP/1.0\r\n\r\n"]
    for number in range(60):
        with socket.create_connection(appliance.address, 20) as raw:
            say_and_leave(raw, starts[number % len(starts)],
                          chance.randbytes(chance.randrange(1, 40000)))
    assert b"Version" in appliance.ssh("version", check=0).stdout
    appliance.until_alone()


@case(7, "raw sockets", "first packets of a key exchange with single bits turned over never let anybody in")
def mutations(appliance):
    chance = random.Random(4252)
    for _ in range(40):
        with socket.create_connection(appliance.address, 20) as raw:
            kex = bytes([20]) + bytes(16)
            for names in [b"curve25519-sha256", b"ssh-ed25519", b"aes256-ctr", b"aes256-ctr",
                          b"hmac-sha2-256", b"hmac-sha2-256", b"none", b"none", b"", b""]:
                kex += len(names).to_bytes(4, "big") + names
            kex += bytes(5)
            padding = 8 - (len(kex) + 5) % 8 + 8
            packet = bytearray(
                (len(kex) + padding + 1).to_bytes(4, "big") + bytes([padding]) + kex
                + bytes(padding))
            packet[chance.randrange(len(packet))] ^= 1 << chance.randrange(8)
            say_and_leave(raw, b"SSH-2.0-OpenSSH_9.2\r\n", bytes(packet) * 4)
    assert b"Version" in appliance.ssh("version", check=0).stdout
    appliance.until_alone()


@case(7, "raw sockets", "forty silent clients keep nobody out for long")
def silent(appliance):
    held = [socket.create_connection(appliance.address, 20) for _ in range(40)]
    start = time.monotonic()
    assert b"Version" in appliance.ssh("version", check=0).stdout
    assert time.monotonic() - start < 40
    for raw in held:
        raw.close()
    appliance.until_alone()


@case(7, "raw sockets", "a host whose clients crowd in silence is cut short, and others are served")
def crowd(appliance):
    def is_cut(raw):
        try:
            return bool(select.select([raw], [], [], 0)[0]) and not raw.recv(1, socket.MSG_PEEK)
        except ConnectionError:
            return True

    state = json.loads(pathlib.Path(f"{appliance.directory}/engine.json").read_text())
    stranger = (state["addresses"]["stranger"], 0)
    held = [socket.create_connection(appliance.address, 20, stranger) for _ in range(100)]
    # Twenty-four have a place, sixty-four wait.
    cut = lambda: sum(map(is_cut, held))
    until(lambda: cut() >= 12, lambda: f"only {cut()} were cut")
    assert b"Version" in appliance.ssh("version", check=0).stdout
    for raw in held:
        raw.close()
    appliance.until_alone()


@case(7, "paramiko", "guessing: three passphrases a connection, each a second, and the account is locked after five")
def guessing(appliance):
    appliance.add_user("victim", "2")
    host, port = appliance.address
    refused = 0
    start = time.monotonic()
    for _ in range(2):
        transport = paramiko.Transport((host, port))
        transport.start_client(timeout=30)
        for guess in range(3):
            try:
                transport.auth_password("victim", f"guess-{guess}")
                raise AssertionError("let in")
            except paramiko.AuthenticationException:
                refused += 1
        try:
            transport.auth_password("victim", PASSPHRASE)
            raise AssertionError("a fourth try")
        except (paramiko.SSHException, OSError, EOFError):
            pass
        transport.close()
    assert refused == 6 and time.monotonic() - start > 0.9 * refused
    assert "victim" in appliance.log("authentication")
    assert "The account victim was locked" in appliance.log("authentication")


@case(7, "paramiko", "a channel before the login is refused")
def early(appliance):
    host, port = appliance.address
    transport = paramiko.Transport((host, port))
    transport.start_client(timeout=30)
    try:
        transport.open_session(timeout=10)
        raise AssertionError("opened")
    except (paramiko.SSHException, EOFError):
        pass
    transport.close()


@case(7, "paramiko", "a client that never reads costs its window, not memory without end")
def deaf(appliance):
    appliance.until_alone()
    client = connected(appliance)
    channel = client.get_transport().open_session(window_size=2**31 - 1)
    channel.get_pty()
    channel.invoke_shell()
    # Nothing is read from the socket any more.
    client.get_transport().packetizer.read_message = lambda: time.sleep(3600)
    try:
        channel.settimeout(5)
        for _ in range(200):
            channel.send("help\n" * 100)
    except (socket.timeout, OSError):
        pass
    # Of 20,000 commands few are run: whoever cannot write its answer makes no other to be held.
    run = lambda: appliance.log("cli").count("help")
    until(run, "the first command")
    assert at_rest(run) < 2000
    assert b"Version" in appliance.ssh("version", check=0).stdout
    client.get_transport().sock.close()
    appliance.until_alone()


@case(7, "paramiko", "rubbish on the scp side is refused with a sentence")
def scp_rubbish(appliance):
    chance = random.Random(7)
    client = connected(appliance)
    before = sorted(os.listdir(f"{appliance.directory}/configuration"))
    for words in [b"C0644 99999999999999999999 a\n", b"C0644 -1 a\n", b"C\n", b"C0644 1\n",
                  b"C0644 5 ../../x\nabcde\0", b"D0755 0 d\n", b"X\n", b"C" * 5000,
                  *[chance.randbytes(300) for _ in range(10)]]:
        channel = client.get_transport().open_session()
        channel.exec_command("scp -t /configuration/")
        channel.sendall(words)
        channel.shutdown_write()
        assert channel.recv_exit_status() != 0, words
        channel.close()
    assert sorted(os.listdir(f"{appliance.directory}/configuration")) == before
    client.close()


@case(7, "paramiko", "a user who is removed gets nothing more over a connection that is open")
def removed(appliance):
    appliance.add_user("oper", "2")
    client = connected(appliance, "oper", password=PASSPHRASE)
    assert b"Version" in client.exec_command("version")[1].read()
    appliance.local("userconfig", "delete", "oper", "y", "", "commit", "", "")
    for line in ["version", "scp -f /configuration/x", "scp -t /configuration/"]:
        try:
            client.exec_command(line)
            raise AssertionError(line)
        except paramiko.ChannelException:
            pass
    client.close()


def refused(channel, line):
    """Asks a channel for a command; whether the server denies it."""
    try:
        channel.exec_command(line)
    except paramiko.SSHException:
        return True
    return False


@case(7, "paramiko", "a channel gives what its user may have when it is asked, not when it was opened")
def kept_channels(appliance):
    appliance.add_user("keeper", "2")
    client = connected(appliance, "keeper", password=PASSPHRASE)
    channels = [client.get_transport().open_session() for _ in range(4)]
    appliance.local("userconfig", "edit", "keeper", "", "guests", "", "commit", "", "")
    channels[0].exec_command("scp -t /configuration/")
    assert b"role does not allow" in channels[0].makefile_stderr().read()
    locked = appliance.local("userconfig", "status", "keeper", "y", "")
    assert "locked" in locked, locked
    assert refused(channels[1], "version")
    appliance.local("userconfig", "status", "keeper", "y", "")
    channels[2].exec_command("version")
    assert b"Version" in channels[2].makefile().read()
    appliance.local("userconfig", "delete", "keeper", "y", "", "commit", "", "")
    assert refused(channels[3], "version")
    client.close()


@case(7, "paramiko", "who was removed gets nothing of somebody else who has the name later")
def same_name(appliance):
    appliance.add_user("joe", "4")
    client = connected(appliance, "joe", password=PASSPHRASE)
    transport = client.get_transport()
    early, shell = transport.open_session(), transport.open_session()
    shell.get_pty()
    shell.invoke_shell()
    shell.settimeout(30)
    seen = b""
    while not seen.endswith(MAIN_PROMPT.encode()):
        seen += shell.recv(4096)
    appliance.local("userconfig", "delete", "joe", "y", "", "commit", "", "")
    appliance.add_user("joe", "1")
    assert refused(early, "whoami")
    try:
        transport.open_session()
        raise AssertionError("opened")
    except paramiko.ChannelException:
        pass
    shell.send("sethostname mine.example.com\nexit\n")
    said = b"".join(iter(lambda: shell.recv(4096), b""))
    assert b"Unknown command" in said, said
    other = connected(appliance, "joe", password=PASSPHRASE)
    assert b"Version" in other.exec_command("version")[1].read()
    other.close()
    client.close()


@case(7, "paramiko", "a secret that is typed before anybody asks is not shown, on any terminal")
def too_early(appliance):
    for term in ["vt100", "emacs", "dumb"]:
        client = connected(appliance)
        channel = client.get_transport().open_session()
        channel.get_pty(term)
        channel.invoke_shell()
        channel.settimeout(30)
        channel.send("passphrase\nSECRET\nexit\n")
        said = b"".join(iter(lambda: channel.recv(4096), b""))
        assert b"passphrase" in said and b"SECRET" not in said, said
        client.close()


@case(7, "paramiko", "a session whose client takes nothing can be ended by another one")
def unread(appliance):
    appliance.until_alone()
    client = connected(appliance)
    channel = client.get_transport().open_session(window_size=4096)
    channel.get_pty()
    channel.invoke_shell()
    # More than the client's window, the server and the terminal hold together.
    channel.send("help version\n" * 4000)
    until(lambda: appliance.log("cli").count("help version") > 20, "commands")
    at_rest(lambda: appliance.log("cli").count("help version"))
    said = appliance.local("kick", "1")
    assert "The session of admin was ended." in said, said
    client.close()
    appliance.until_alone()


@case(7, "paramiko", "a channel that its client closes ends its session, whatever is still unread")
def closed(appliance):
    client = connected(appliance)
    transport = client.get_transport()
    channel = transport.open_session()
    channel.invoke_shell()
    until(lambda: any(" shell " in line for line in appliance.processes()), "the session")
    for kind, more in [(95, True), (97, False)]:
        message = paramiko.message.Message()
        message.add_byte(bytes([kind]))
        message.add_int(channel.remote_chanid)
        if more:
            message.add_int(1)
            message.add_string("x")
        transport._send_user_message(message)
    until(lambda: not any(" shell " in line for line in appliance.processes()), "its end")
    assert b"Version" in client.exec_command("version")[1].read()
    client.close()


@case(7, "paramiko", "twenty questions without a try are answered, and no more")
def questions(appliance):
    transport = paramiko.Transport(appliance.address)
    transport.start_client(timeout=30)
    asked = 0
    try:
        for _ in range(40):
            try:
                transport.auth_none("admin")
            except paramiko.BadAuthenticationType:
                asked += 1
    except (paramiko.SSHException, OSError, EOFError):
        pass
    assert 10 <= asked <= 22, asked
    transport.close()


@case(7, "paramiko", "channels opened and closed as fast as can be leave the connection whole")
def many_channels(appliance):
    client = connected(appliance)
    for _ in range(60):
        channel = client.get_transport().open_session()
        channel.exec_command("version")
        channel.close()
    assert b"Version" in client.exec_command("version")[1].read()
    client.close()
    appliance.until_alone()


if __name__ == "__main__":
    main()

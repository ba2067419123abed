"""Backup tools: what they wait for, byte by byte."""

import asyncio

import asyncssh
import netmiko

from remote import *

# Oxidized's AsyncOS model waits for this prompt.
OXIDIZED = rb"^\r*\(?[\w.\- ]+\)?[#>]\s+$"
# Pieces arrive as they come; the comment in the XML ends by `-->` on a line of its own.
AT_THE_END = rb"(?m)^\r*\(?[\w.\- ]+\)?[#>] +\Z"


@case(2, "pexpect, as Oxidized", "vt100: version, showconfig with a number, the pager's key, exit, the channel closes")
def oxidized(appliance):
    host, port = appliance.address
    child = pexpect.spawn(
        "ssh", ["-tt", *appliance.options(), "-p", str(port), f"admin@{host}"],
        env=dict(os.environ, TERM="vt100"), timeout=30, dimensions=(24, 80))
    child.delaybeforesend = None
    prompt = re.compile(OXIDIZED, re.M)

    def until_prompt():
        text = b""
        while True:
            which = child.expect([
                rb"-Press Any Key For More-", rb"\[\S+\]>\s", AT_THE_END])
            text += child.before
            if which == 0:
                child.send(b" ")
            elif which == 1:
                # Another number than those on offer is refused and asked again.
                child.sendline(b"9" if b"Masked?" not in text else b"1")
                text += b"Masked?"
            else:
                assert prompt.search(child.after), child.after
                return text

    until_prompt()
    child.sendline(b"version")
    assert b"Version: 14.2" in until_prompt()
    child.sendline(b"showconfig")
    text = until_prompt()
    assert b"<?xml" in text and b"</config>" in text.replace(b"\r", b""), text[-300:]
    assert b"\x1b" not in text
    assert not re.search(rb"> $", text.replace(b"Masked?", b"").rstrip(b"\n")), text[-100:]
    child.sendline(b"exit")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@case(2, "netmiko", "its driver for unknown devices finds the prompt and reads whole answers")
def by_netmiko(appliance):
    host, port = appliance.address
    connection = netmiko.ConnectHandler(
        device_type="terminal_server", host=host, port=port, username="admin", password=PASSPHRASE,
        timeout=30, fast_cli=False)
    # This driver, alone among netmiko's, reads nothing by itself before the first prompt.
    connection.read_until_pattern(r"mail\.example\.com> ?$")
    assert connection.find_prompt().strip() == "mail.example.com>", connection.find_prompt()
    shown = connection.send_command("version", expect_string=r"mail\.example\.com> ?$")
    assert "Version: 14.2" in shown, shown
    connection.disconnect()


@case(7, "asyncssh", "password and key logins, a terminal, an exit status, a changed window")
def by_asyncssh(appliance):
    async def talk():
        host, port = appliance.address
        for how in [{"password": PASSPHRASE, "client_keys": None},
                    {"client_keys": [appliance.key]}]:
            async with asyncssh.connect(
                    host, port, username="admin", known_hosts=None, **how) as connection:
                result = await connection.run("version; whoami")
                assert result.exit_status == 0 and "Version: 14.2" in result.stdout
                process = await connection.create_process(term_type="xterm", term_size=(80, 24))
                await process.stdout.readuntil(MAIN_PROMPT)
                process.change_terminal_size(120, 40)
                process.stdin.write("version\n")
                # A new size draws the line again, wherever it stands.
                await process.stdout.readuntil("Version: 14.2")
                await process.stdout.readuntil(MAIN_PROMPT)
                process.stdin.write("exit\n")
                await process.wait_closed()
                assert process.exit_status == 0
    asyncio.run(asyncio.wait_for(talk(), 60))


@case(2, "pexpect", "a prompt with a host name of two dots; no other line ends like a prompt")
def dots(appliance):
    child = appliance.login(size=(500, 200))
    for command in ["version", "help", "who", "status", "tail"]:
        child.sendline(command)
        child.expect(r"mail\.example\.com> $|\[\S*\]> $")
        if "[" in child.after:
            child.send("\x03")
            child.expect_exact(MAIN_PROMPT)
            continue
        lines = [re.sub(r"\r\s*\r", "", line) for line in child.before.splitlines()]
        assert not [line for line in lines if re.search("> $", line)], lines
    child.sendline("exit")
    child.expect(pexpect.EOF)


if __name__ == "__main__":
    main()

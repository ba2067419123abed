"""OpenSSH's `ssh` on a terminal: who gets in, what a session looks like, how it ends."""

from remote import *


@case(7, "OpenSSH", "a passphrase lets in; a wrong one asks again, three times")
def passwords(appliance):
    child = appliance.login(password=PASSPHRASE)
    child.sendline("exit")
    child.expect(pexpect.EOF)
    host, port = appliance.address
    child = pexpect.spawn(
        "ssh", [*appliance.options(True), "-p", str(port), f"admin@{host}"], encoding="utf-8",
        timeout=30)
    for _ in range(3):
        child.expect("[Pp]assword:")
        child.sendline("wrong")
    child.expect("Permission denied")
    child.expect(pexpect.EOF)
    assert PASSPHRASE not in appliance.log("authentication")
    assert "failed using a password" in appliance.log("authentication")


@case(7, "OpenSSH", "too many wrong passphrases lock the account, for keys too, until userconfig unlocks it")
def lock(appliance):
    appliance.add_user("eve", "2")
    host, port = appliance.address
    for _ in range(2):
        child = pexpect.spawn(
            "ssh", [*appliance.options(True), "-p", str(port), f"eve@{host}"], encoding="utf-8",
            timeout=30)
        for _ in range(3):
            child.expect("[Pp]assword:")
            child.sendline("wrong")
        child.expect(pexpect.EOF)
    child = pexpect.spawn(
        "ssh", [*appliance.options(True), "-p", str(port), f"eve@{host}"], encoding="utf-8",
        timeout=30)
    child.expect("[Pp]assword:")
    child.sendline(PASSPHRASE)
    child.expect("Permission denied")
    child.close(force=True)
    assert "The account eve was locked" in appliance.log("authentication")


@case(7, "OpenSSH", "a user without a passphrase, or that there is not, gets in by none")
def strangers(appliance):
    host, port = appliance.address
    for user in ["nobody", "root", "joe; ls"]:
        result = subprocess.run(
            ["ssh", *appliance.options(True), "-o", "BatchMode=yes", "-p", str(port), "-l", user,
             host, "version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=30)
        assert result.returncode == 255 and b"Version" not in result.stdout, result


@case(7, "OpenSSH", "a key that is not the user's is refused, and asked for no passphrase in batch mode")
def keys(appliance):
    other = f"{appliance.folder}/other"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other)
    host, port = appliance.address
    result = subprocess.run(
        ["ssh", "-F", "/dev/null", "-i", other, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
         "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={appliance.folder}/known_hosts",
         "-p", str(port), f"admin@{host}", "version"], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
    assert result.returncode == 255 and b"Permission denied" in result.stderr, result


@case(7, "OpenSSH", "the host keys stay the same over a restart of the server")
def host_keys(appliance):
    host, port = appliance.address
    scan = ["ssh-keyscan", "-p", str(port), host]
    before = sorted(run(*scan).splitlines())
    before = [line for line in before if not line.startswith("#")]
    assert len(before) == 3, before
    appliance.server.send_signal(signal.SIGTERM)
    appliance.server.wait(20)
    appliance.children.remove(appliance.server)
    appliance.server = appliance.serve_ssh()
    after = [line for line in sorted(run(*scan).splitlines()) if not line.startswith("#")]
    assert before == after, (before, after)


@case(7, "OpenSSH", "old algorithms are refused; `--ssh-legacy` offers them too, compression and none never")
def algorithms(appliance):
    old = ["KexAlgorithms=diffie-hellman-group14-sha1", "HostKeyAlgorithms=ssh-rsa",
           "Ciphers=aes128-cbc", "MACs=hmac-sha1"]
    # A cipher that brings no authentication of its own, so that the MAC counts.
    plain = ["-o", "Ciphers=aes128-ctr,aes128-cbc"]

    def restart(*options):
        appliance.server.send_signal(signal.SIGTERM)
        appliance.server.wait(20)
        appliance.children.remove(appliance.server)
        appliance.server = appliance.serve_ssh(*options)

    def answers(option):
        return appliance.ssh("version", options=["-o", option, *plain]).returncode

    assert [answers(option) for option in old] == [255] * 4
    restart("--ssh-legacy")
    assert [answers(option) for option in old] == [0] * 4
    compressed = appliance.ssh("version", options=["-C", "-v"])
    assert b"compression: none" in compressed.stderr and compressed.returncode == 0
    restart()
    assert answers(old[0]) == 255


@case(1, "OpenSSH", "the last bytes of a main prompt are its name and `> `; no escape byte with vt100, dumb, xterm")
def prompts(appliance):
    for term in ["vt100", "dumb", "xterm"]:
        child = appliance.login(term=term)
        child.sendline("version")
        child.expect_exact(MAIN_PROMPT)
        assert "\x1b" not in child.before + child.after, child.before
        child.sendline("exit")
        child.expect(pexpect.EOF)
        assert "\x1b" not in child.before


@case(7, "OpenSSH", "the window's size is the terminal's, and so is another one later")
def windows(appliance):
    child = appliance.login(size=(10, 80))
    for rows in [10, 20]:
        child.setwinsize(rows, 80)

        def fits():
            """Whether a page is as long as the window; ssh tells of a change when it likes."""
            child.sendline("showconfig")
            child.expect_exact("[1]> ")
            child.sendline("1")
            child.expect_exact("-Press Any Key For More-")
            lines = child.before.count("\n")
            child.send("q")
            child.expect_exact(MAIN_PROMPT)
            return rows - 3 <= lines <= rows + 1

        until(fits, f"a page of {rows} lines")
    child.sendline("exit")
    child.expect(pexpect.EOF)


@case(7, "OpenSSH", "windows of 0 x 0 and 10,000 x 10,000 hurt nobody")
def strange_windows(appliance):
    for size in [(0, 0), (10000, 10000)]:
        child = appliance.login(size=size)
        child.sendline("version")
        child.expect_exact("Version: 14.2")
        child.expect_exact(MAIN_PROMPT)
        child.sendline("exit")
        child.expect(pexpect.EOF)


@case(7, "OpenSSH", "a dropped connection discards what is pending and leaves nothing running")
def drop(appliance):
    child = appliance.login()
    child.sendline("sethostname dropped.example.com")
    child.expect_exact("> ")
    until(lambda: "admin" in appliance.who(), "who shows the session")
    os.kill(child.pid, signal.SIGKILL)
    child.close()
    appliance.until_alone()
    assert "dropped" not in appliance.local("showchanges")
    assert "mail.example.com>" in appliance.local("version")


@case(7, "OpenSSH", "Ctrl-C leaves a dialogue, and the session goes on")
def interrupt(appliance):
    child = appliance.login()
    child.sendline("certconfig")
    child.expect_exact("[]> ")
    child.send("\x03")
    child.expect_exact(MAIN_PROMPT)
    child.sendline("exit")
    child.expect(pexpect.EOF)


@case(7, "OpenSSH", "`who` shows the session with its address; `kick` ends it")
def kick(appliance):
    child = appliance.login()
    assert "127.0.0.1" in appliance.who(), appliance.who()
    appliance.local("kick admin")
    child.expect("This session was ended by admin")
    child.expect(pexpect.EOF)


@case(5, "OpenSSH", "lines written ahead are echoed once, each after its prompt; 200 lines in one write all arrive")
def ahead(appliance):
    child = appliance.login(size=(200, 200))
    child.send("whoami\rversion\rwhoami\r")
    for _ in range(3):
        child.expect_exact(MAIN_PROMPT)
    child.send("smtproutes\rimport\r\x03" + "version\r" * 100)
    for _ in range(100):
        child.expect_exact("Version: 14.2")
    child.sendline("exit")
    child.expect(pexpect.EOF)


@case(6, "OpenSSH", "a shell without a terminal prints prompts and output; its end of input ends the session")
def pipe(appliance):
    result = appliance.ssh(input=b"version\nwhoami\n", check=0)
    assert result.stdout.count(b"mail.example.com> ") == 3 and b"\r" not in result.stdout
    assert b"Username: admin" in result.stdout


@case(7, "OpenSSH", "ten sessions over one connection, the eleventh is refused")
def multiplexed(appliance):
    socket = f"{appliance.folder}/mux"
    master = subprocess.Popen(
        ["ssh", *appliance.options(), "-M", "-S", socket, "-N", "-p", str(appliance.address[1]),
         f"admin@{appliance.address[0]}"], stdin=subprocess.DEVNULL)
    try:
        until(lambda: os.path.exists(socket), "the control socket")
        shells = []
        for _ in range(10):
            shell = subprocess.Popen(
                ["ssh", "-S", socket, "-F", "/dev/null", "x"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            shells.append(shell)
        for shell in shells:
            seen = b""
            while not seen.endswith(b"mail.example.com> "):
                seen += os.read(shell.stdout.fileno(), 4096)
        eleventh = subprocess.run(
            ["ssh", "-S", socket, "-F", "/dev/null", "x", "version"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        assert b"Version" not in eleventh.stdout, eleventh
        for shell in shells:
            shell.communicate(b"exit\n", timeout=30)
    finally:
        master.kill()
        master.wait(20)


if __name__ == "__main__":
    main()

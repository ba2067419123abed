"""Commands over the exec channel, as orchestration tools send them."""

from remote import *


@case(4, "OpenSSH", "several commands in one string, parted by `;`, with the cluster words before them")
def several(appliance):
    result = appliance.ssh(
        'clustermode cluster; sethostname new.example.com; commit "by a tool"; '
        'sethostname mail.example.com; commit "and back"', check=0)
    assert result.stdout.count(b"Changes committed") == 2, result
    assert b"by a tool" in appliance.ssh("commitdetail", check=0).stdout + appliance.log(
        "system").encode(), result


@case(4, "OpenSSH", "the same on a terminal: lines end by CR LF, nothing pages")
def on_a_terminal(appliance):
    result = appliance.ssh("clustermode cluster; help; help", options=["-tt"], check=0)
    assert b"-Press Any Key" not in result.stdout
    assert result.stdout.count(b"\r\n") == result.stdout.count(b"\n") > 50, result.stdout


@case(4, "OpenSSH", "quotes and doubled backslashes arrive intact")
def quotes(appliance):
    comment = r'a \\ b; c'
    appliance.ssh(f'sethostname q.example.com; commit "{comment}"', check=0)
    assert "a \\" in appliance.log("system") and "b; c" in appliance.log("system")
    appliance.ssh('sethostname mail.example.com; commit "back"', check=0)


@case(4, "OpenSSH", "the exit status tells whether all commands succeeded; the others run all the same")
def status(appliance):
    appliance.ssh("version", check=0)
    result = appliance.ssh("nonsense; version", check=1)
    assert b"Unknown command" in result.stdout and b"Version: 14.2" in result.stdout
    assert appliance.ssh("sethostname lost.example.com").returncode == 1
    assert "lost" not in appliance.local("showchanges")


@case(4, "OpenSSH", "what comes on the standard input is ignored: not echoed, logged or recorded")
def rubbish(appliance):
    for options in [[], ["-tt"]]:
        result = appliance.ssh("version", input=b"s3cr3t-unasked\n", options=options, check=0)
        assert b"s3cr3t" not in result.stdout + result.stderr, result
    for path in pathlib.Path(appliance.directory).rglob("*"):
        if path.is_file():
            assert b"s3cr3t-unasked" not in path.read_bytes(), path


@case(4, "OpenSSH", "a command line stands in no list of processes")
def hidden(appliance):
    child = subprocess.Popen(
        ["ssh", *appliance.options(), "-p", str(appliance.address[1]),
         f"admin@{appliance.address[0]}", "tail mail_logs; version marker-7351"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until(lambda: any("run" in line for line in appliance.processes()), "the session runs")
    assert not any("marker-7351" in line for line in appliance.processes())
    child.terminate()
    child.communicate(timeout=30)
    appliance.until_alone()


@case(4, "OpenSSH", "a question meets the end of the input, and nothing is changed by it")
def question(appliance):
    result = appliance.ssh("certconfig", input=b"certificate\n")
    assert result.returncode == 1 and b"certificate" not in result.stdout.splitlines()[-1], result


@case(4, "OpenSSH", "`saveconfig y 1` leaves one line that holds `xml`: the path")
def save(appliance):
    result = appliance.ssh("saveconfig y 1", check=0)
    lines = [line for line in result.stdout.decode().splitlines() if "xml" in line]
    assert len(lines) == 1, result.stdout
    name = re.search(r"/configuration/([\w.-]+\.xml)", lines[0])
    assert name, lines
    assert os.path.exists(f"{appliance.directory}/configuration/{name.group(1)}")


@case(4, "OpenSSH", "subsystems, forwarding and variables are refused")
def refusals(appliance):
    result = appliance.ssh("sftp", options=["-s"])
    assert result.returncode != 0 and b"subsystem request failed" in result.stderr, result
    host, port = appliance.address
    child = subprocess.run(
        ["ssh", *appliance.options(), "-p", str(port), "-o", "ExitOnForwardFailure=yes", "-N",
         "-R", "0:127.0.0.1:9", f"admin@{host}"], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
    assert child.returncode == 255, child
    appliance.ssh("version", options=["-o", "SetEnv=LANG=xx"], check=0)


@case(4, "OpenSSH", "a command line of 70,000 characters is executed whole, and stands in cli_logs")
def long_line(appliance):
    result = appliance.ssh("whoami;" * 9000 + "version marker-4711; version", check=1)
    assert result.stdout.count(b"Username: admin") == 9000
    assert b"Version: 14.2" in result.stdout.splitlines()[-2], result.stdout[-300:]
    assert "marker-4711" in appliance.log("cli")


@case(4, "OpenSSH", "roles hold: who may only look cannot commit, guests see the status")
def roles(appliance):
    host, port = appliance.address

    def said(user, commands):
        child = pexpect.spawn(
            "ssh", [*appliance.options(True), "-p", str(port), f"{user}@{host}", commands],
            encoding="utf-8", timeout=30)
        child.expect("[Pp]assword:")
        child.sendline(PASSPHRASE)
        child.expect(pexpect.EOF)
        return child.before

    appliance.add_user("viewer", "3")
    text = said("viewer", "sethostname v.example.com; commit x; version")
    assert "Changes committed" not in text and "Version: 14.2" in text, text
    appliance.add_user("visitor", "4")
    text = said("visitor", "status; showconfig 1; sethostname g.example.com; commit x")
    assert "Messages Received" in text, text
    for name in ["showconfig", "sethostname", "commit"]:
        assert f"Unknown command or missing feature key: {name}" in text, text
    assert "mail.example.com" in appliance.local("showconfig 1")


if __name__ == "__main__":
    main()

"""Sessions in processes of their own: who sees them, kick ends them, a kill leaves no trace."""

from appliance import *

GOOD = "Tr0ub4dor&3"


def secret(child, *lines):
    """Types secrets, each after its question."""
    for line in lines:
        child.expect(r"passphrase:$")
        child.sendline(line)


with Appliance() as appliance:
    admin = appliance.shell()
    answer(admin, "userconfig", "new", "joe", "Joe", "2", until="New passphrase:$")
    admin.sendline(GOOD)
    secret(admin, GOOD)
    admin.expect(r"\[\]> $")
    answer(admin, "")
    assert "Changes committed" in answer(admin, "commit joe")

    # A session on a PTY and one on a pipe, from an address.
    joe = appliance.shell("--user", "joe", "--from", "10.0.0.7")
    pipe = subprocess.Popen(
        [ESASH, "run", "--appliance", appliance.directory, "--user", "joe", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    pipe.stdin.write("sethostname lost.example.com\n")
    pipe.stdin.flush()
    deadline = time.monotonic() + LIMIT
    while answer(admin, "who").count("joe ") < 2:
        assert time.monotonic() < deadline, admin.before
    assert "10.0.0.7" in admin.before, admin.before
    answer(joe, "sethostname lost.example.com")
    joe.sendline("certconfig")
    joe.expect(r"\[\]> $")

    shown = answer(admin, "kick joe")
    assert shown.count("The session of joe was ended.") == 2, shown
    joe.expect("This session was ended by admin; what was not committed is lost.")
    joe.expect(pexpect.EOF)
    joe.close()
    assert joe.exitstatus == 1, joe.exitstatus
    output, errors = pipe.communicate(timeout=LIMIT)
    assert "This session was ended by admin" in output, output
    assert "uncommitted changes were lost" in errors and pipe.returncode == 1, errors
    assert "joe" not in answer(admin, "who"), admin.before
    assert "mail.example.com> " in admin.after

    # Whoever is killed is gone for the next who, and has an end in last.
    other = appliance.shell("--user", "joe")
    assert answer(admin, "who").count("joe ") == 1, admin.before
    other.kill(signal.SIGKILL)
    other.wait()
    assert "joe" not in answer(admin, "who"), admin.before
    assert answer(admin, "last").count("still logged in") == 1, admin.before
    assert len(os.listdir(f"{appliance.directory}/sessions")) == 1

    # A user whom nobody knows.
    unknown = subprocess.run(
        [ESASH, "run", "--appliance", appliance.directory, "--user", "eve", "-c", "version"],
        capture_output=True, text=True, timeout=LIMIT)
    assert unknown.returncode == 2 and 'There is no user "eve".' in unknown.stderr, unknown
    assert unknown.stdout == "", unknown

    log = pathlib.Path(f"{appliance.directory}/log/authentication.current").read_text()
    assert "The user joe successfully logged on from 10.0.0.7 with privilege operator" in log, log
    assert "The user joe logged out from 10.0.0.7." in log, log
    assert log.count("A session of the user joe was ended by admin.") == 2, log

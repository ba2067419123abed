"""No passphrase in any file, no hash outside the database: logs, history, transcripts, saved files."""

from appliance import *

SECRETS = ["Tr0ub4dor&3", "An0ther-one", "Passw0rd-0f-J", "wr0ng-ONE!"]


def files(folder):
    """Every regular file below a folder with its bytes."""
    return [
        (path, path.read_bytes()) for path in pathlib.Path(folder).rglob("*") if path.is_file()]


with Appliance() as appliance:
    transcript = f"{appliance.folder}/session.transcript"
    child = appliance.shell("--record", transcript, "--redact")

    def secrets(*lines):
        for line in lines:
            child.expect(r"passphrase:$")
            child.sendline(line)

    child.sendline("passphrase")
    secrets(SECRETS[0], SECRETS[0])
    child.expect(MAIN)
    assert "Passphrase changed." in child.before, child.before
    child.sendline("passphrase")
    secrets(SECRETS[3])
    child.expect(MAIN)
    child.sendline("passphrase")
    secrets(SECRETS[0], "weak", SECRETS[1], SECRETS[1])
    child.expect(MAIN)
    answer(child, "userconfig", "new", "joe", "Joe", "2", until="New passphrase:$")
    child.sendline(SECRETS[2])
    secrets(SECRETS[2])
    child.expect(r"\[\]> $")
    answer(child, "")
    answer(child, "commit joe")
    answer(child, "setttymode 0 1")
    shown = answer(child, "showconfig 1")
    assert "<passphrase>*****</passphrase>" in shown, shown[-2000:]
    assert "$scrypt$" not in shown
    # Shown on request in another session: it is in no log either.
    shown = run(ESASH, "run", "--appliance", appliance.directory, "-c", "showconfig 2")
    assert "<passphrase>$obfuscated$" in shown and "$scrypt$" not in shown
    # While it runs, no secret stands in a process list either.
    assert not any(secret in run("ps", "axww", "-o", "args") for secret in SECRETS)
    answer(child, "saveconfig y 1")
    answer(child, "showchanges; commitdetail; rollbackconfig", "", "")
    # A key that stands behind the certificate where only that was asked for.
    make_certificate(appliance.folder, "bundle", "mail.example.com")
    bundle = pathlib.Path(f"{appliance.folder}/bundle.pem").read_text()
    key = pathlib.Path(f"{appliance.folder}/bundle.key").read_text()
    for path in pathlib.Path(appliance.folder).glob("bundle.*"):
        path.unlink()
    answer(child, "certconfig", "certificate", "paste", "bundle", until=r"with '.'\):\s+$")
    child.send(bundle + key + ".\n")
    child.expect("Paste private key|discarding")
    child.sendintr()
    child.expect(MAIN)
    SECRETS.append(key.splitlines()[1])
    child.sendline("exit")
    child.expect(pexpect.EOF)

    seen = files(appliance.folder)
    names = {path.name for path, _ in seen}
    assert {"cli.current", "authentication.current", "history", "session.transcript"} <= names
    for path, content in seen:
        for text in SECRETS:
            assert text.encode() not in content, f"{text} stands in {path}"
        if not path.name.startswith("esash.sqlite"):
            assert b"$scrypt$" not in content, f"a hash stands in {path}"
            assert b"$obfuscated$" not in content, f"a hidden hash stands in {path}"
        assert path.stat().st_mode & 0o077 == 0, f"{path} may be read by others"
    cli = pathlib.Path(f"{appliance.directory}/log/cli.current").read_text()
    assert cli.count("entered '***'") == 10, cli

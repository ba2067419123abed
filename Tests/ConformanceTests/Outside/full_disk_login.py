"""The disk of an appliance is full, and somebody comes by SSH: the right passphrase is right, a wrong
one is told of and counts for nothing, and with room again all is as before.
"""

from appliance import *
from faults import *
from remote_appliance import PASSPHRASE, RemoteAppliance


def enter(appliance, *passphrases):
    """`ssh HOST version`; returns what was printed behind the passphrases."""
    host, port = appliance.address
    child = pexpect.spawn(
        "ssh", [*appliance.options(password=True), "-p", str(port), f"admin@{host}", "version"],
        encoding="utf-8", timeout=30)
    appliance.children.append(child)
    for passphrase in passphrases:
        child.expect("[Pp]assword:")
        child.sendline(passphrase)
    child.expect(pexpect.EOF)
    return child.before


in_namespace()
with RemoteAppliance() as appliance:
    appliance.server.send_signal(signal.SIGTERM)
    assert appliance.server.wait(LIMIT) == 0
    appliance.children.remove(appliance.server)
    with small_disk(appliance) as disk:
        appliance.serve_ssh()
        assert "Version" in enter(appliance, PASSPHRASE)

        fill(disk)
        text = enter(appliance, PASSPHRASE)
        assert "database or disk is full" in text and "Version" not in text, text
        # As many as would lock the account.
        for _ in range(2):
            assert "Permission denied" in enter(appliance, "wrong", "wrong", "wrong")
        told = pathlib.Path(f"{appliance.folder}/serve.log").read_text()
        assert told.count("using a password could not be decided. The appliance's database cannot "
                          "be used: database or disk is full.") == 6, told

        os.remove(f"{disk}/ballast")
        assert "Version" in enter(appliance, PASSPHRASE)

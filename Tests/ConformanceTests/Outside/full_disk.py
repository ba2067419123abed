"""The disk of an appliance is full: mail is put off, a commit is refused with its changes kept, an
upload leaves nothing; TLS is served throughout, and with room again all goes on.
"""

from appliance import *
from faults import *

in_namespace()
with Appliance() as appliance, small_disk(appliance) as disk:
    server = appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    shell = appliance.shell()
    answer(shell, "sethostname full.example.com")
    assert send(address) == 250
    allow_tls(shell)
    assert "Changes committed" in answer(shell, "commit tls")
    leaf = leaf_of(address)
    answer(shell, "sethostname later.example.com")

    fill(disk)
    assert send(address, size=100_000) == 452, "a message without room is put off"
    assert leaf_of(address) == leaf, "TLS is not served"
    text = answer(shell, "commit later")
    assert "database or disk is full" in text and "Changes committed" not in text, text
    assert "later.example.com" in answer(shell, "showchanges"), "the changes are lost"
    text = answer(shell, "saveconfig y 1")
    assert "cannot be written: No space left on device." in text, text
    assert not os.listdir(f"{appliance.directory}/configuration"), "a part of a file is left"
    text = refused(appliance, "run", "-c", "version")
    assert "database or disk is full" in text, text
    assert server.poll() is None

    os.remove(f"{disk}/ballast")
    assert send(address, size=100_000) == 250
    assert "Changes committed" in answer(shell, "commit later")
    assert "Configuration saved." in answer(shell, "saveconfig y 1")
    assert comments(appliance) == ["Factory default", "tls", "later"]
    answer(shell, "exit", until=pexpect.EOF)
    server.send_signal(signal.SIGTERM)
    assert server.wait(LIMIT) == 0
    appliance.children.remove(server)

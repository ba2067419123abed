"""Who serves: a shell, after its death the next one, `serve` when it comes, a shell again.

Only a shell makes room: a second `serve` is refused, and the first goes on. The lab address stays
the same, what is committed is served throughout, and an engine that is told of a commit by another
process serves it at once.
"""

from appliance import *
from faults import refused


def served(address, wanted):
    """Waits until the listener presents a certificate; engines need a moment to change."""
    deadline = time.monotonic() + LIMIT
    while True:
        try:
            leaf = leaf_of(address)
            assert leaf == wanted, "another certificate is served"
            return
        except (ConnectionError, ssl.SSLError, OSError):
            assert time.monotonic() < deadline, "nobody serves"
            time.sleep(0.02)


with Appliance() as appliance:
    leaf = make_certificate(appliance.folder, "alpha", "mail.example.com")
    appliance.upload(f"{appliance.folder}/alpha.p12", "alpha.p12")
    one = appliance.shell()
    two = appliance.shell()
    import_certificate(two, "alpha", "alpha.p12")
    allow_tls(two)
    answer(two, "listenerconfig", "edit", "1", "certificate", "alpha", "", "")
    assert "Changes committed" in answer(two, 'commit "by the shell that does not serve"')
    address = appliance.service("smtp", "IncomingMail")
    assert leaf_of(address) == leaf, "not served right after the commit"

    os.kill(one.pid, signal.SIGKILL)
    served(address, leaf)

    server = appliance.serve()
    assert appliance.service("smtp", "IncomingMail") == address
    served(address, leaf)
    assert refused(appliance, "serve") == (
        f"esash: Process {server.pid} serves this appliance and does not yield; end it first.\n")
    assert server.poll() is None
    assert leaf_of(address) == leaf, "the first engine does not go on"
    server.send_signal(signal.SIGTERM)
    assert server.wait(LIMIT) == 0, "serve did not end cleanly"
    appliance.children.remove(server)
    served(address, leaf)

    # Whoever comes without binding an address may relay; a stranger is told apart by the log.
    assert appliance.service("smtp", "IncomingMail") == address
    state = json.loads(pathlib.Path(f"{appliance.directory}/engine.json").read_text())
    run("openssl", "s_client", "-starttls", "smtp", "-connect", f"{address[0]}:{address[1]}",
        "-bind", f"{state['addresses']['stranger']}:0")
    answer(two, "exit", until=pexpect.EOF)
    log = pathlib.Path(f"{appliance.directory}/log/mail.current").read_text()
    assert "RELAY SG RELAYLIST match 127.0.0.1 SBRS None" in log, log
    assert "ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS rfc1918" in log, log

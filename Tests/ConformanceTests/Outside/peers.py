"""`esash peer`: a remote server in a process of its own, and a sender that talks to it."""

import pathlib
import socket
import subprocess
import threading

from appliance import ESASH, LIMIT, Appliance, run
from peer import peer

HOST = "mx1.partner.example"


def esash(appliance, *arguments):
    """Runs `esash peer …` and returns its status and all that it printed."""
    result = subprocess.run(
        [ESASH, "peer", arguments[0], "--appliance", appliance.directory, *arguments[1:]],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        timeout=LIMIT)
    return result.returncode, result.stdout


def send(appliance, *options):
    return esash(
        appliance, "send", "--from", "joe@example.com", "--to", "eve@partner.example",
        "--to-address", HOST, *options)


def address(appliance, *what):
    return run(ESASH, "appliance", "address", appliance.directory, *what).rstrip("\n")


def check_addresses(appliance):
    """`appliance address` tells of services, of hosts, and of both at any port."""
    status = subprocess.run(
        [ESASH, "appliance", "address", appliance.directory, "IncomingMail"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)
    assert status.returncode == 2 and "Nobody serves" in status.stderr, status
    appliance.serve()
    host, port = appliance.service("https", "Management")
    lines = address(appliance).split("\n")
    assert f"https\tManagement\t{host}:{port}" in lines, lines
    slot = host.split(".")[1]
    assert f"host\t{HOST}\t127.{slot}.0.1" in lines and lines[-1].startswith("stranger\t"), lines
    for what, place in [
            (["Management"], f"{host}:{port}"), (["Management", "22"], f"{host}:10022"),
            ([HOST], f"127.{slot}.0.1:10025"), ([HOST, "8025"], f"127.{slot}.0.1:8025"),
            (["192.168.1.50"], f"127.{slot}.1.50:10025")]:
        assert address(appliance, *what) == place, (what, address(appliance, *what))
    status = subprocess.run(
        [ESASH, "appliance", "address", appliance.directory, "nowhere.example"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)
    assert status.returncode == 2, status
    assert status.stderr == 'esash: There is no service or host "nowhere.example".\n', status


with Appliance() as appliance:
    assert run(ESASH, "peer", "list").startswith("good "), "the list begins with the good one"
    status, text = esash(appliance, "run", "nonsense")
    assert (status, "There is no behaviour \"nonsense\"" in text) == (2, True), text
    status, text = esash(appliance, "run", "good", "--at", "nowhere.example")
    assert (status, "knows no address of nowhere.example" in text) == (2, True), text
    status, text = send(appliance, "--tls", "strict")
    assert (status, "There is no demand" in text) == (2, True), text
    status, text = send(appliance, "--tls", "verify", "--ca", "nothing.pem")
    assert (status, "nothing.pem cannot be read" in text) == (2, True), text
    status, text = send(appliance)
    assert (status, "Connection refused" in text) == (1, True), text

    mailbox = pathlib.Path(appliance.directory, "network", "mailbox", HOST)
    root = f"{appliance.directory}/network/ca/root.pem"
    with peer(appliance, "good") as line:
        assert HOST in line and "10.0.0.1 port 25" in line and root in line, line
        place = line.split(" listens at ")[1].split(",")[0]
        assert address(appliance, HOST) == address(appliance, "10.0.0.1", "25") == place
        outside = run("openssl", "s_client", "-starttls", "smtp", "-connect", place, "-CAfile",
                      root, "-verify_hostname", HOST, "-verify_return_error")
        assert "Verification: OK" in outside, outside
        status, text = send(appliance, "--tls", "verify", "--protocol", "1.2", "--helo",
                            "mail.example.com", "--client-cert", "lab", "--subject", "greetings")
        assert status == 0, text
        assert "~~> Subject: greetings\n" in text and "=== TLS TLSv1.2 " in text, text
        kept = (mailbox / "000001.eml").read_text()
        assert "HELO: mail.example.com\n" in kept and "\nSubject: greetings\n" in kept, kept
        status, text = esash(appliance, "run", "plain")
        assert (status, "cannot listen" in text) == (2, True), text

        # A stranger has no name, and shows a certificate all the same.
        status, text = send(appliance, "--client-cert", "lab")
        assert status == 0 and "--> EHLO [" in text, text

    # What a server says is shown, not done.
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def greet():
            client, _ = server.accept()
            client.sendall(b"220 x\x1b[31m\xe2\x80\xae\r\n")
            client.close()

        thread = threading.Thread(target=greet)
        thread.start()
        status, text = send(appliance, "--to-address", f"127.0.0.1:{port}")
        thread.join()
        assert status == 1 and "<-- 220 x\ufffd[31m\ufffd\n" in text, text

    with peer(appliance, "wrong-name"):
        status, text = send(appliance, "--tls", "verify")
        assert (status, "hostname mismatch" in text) == (1, True), text
        status, text = send(appliance, "--tls", "verify", "--server-name", "another.host.example")
        assert status == 0, text

    service = "service.urlfiltering.example"
    with peer(appliance, "web-service-open", "--at", service) as line:
        assert "10.0.0.20 port 443" in line, line
        place = line.split(" listens at ")[1].split(",")[0]
        page = run("curl", "--silent", "--cacert", root, "--connect-to",
                   f"{service}:443:{place}", f"https://{service}/")
        assert page == "The web security service of the lab\n", page

    # An address of the loopback network stands for itself, and a port above 1023 too.
    with peer(appliance, "no-starttls", "--at", "127.0.0.7:12025", "--name", "odd.example") as line:
        assert "odd.example (no-starttls) listens at 127.0.0.7:12025" in line, line
        status, text = esash(
            appliance, "send", "--from", "", "--to", "a@b.example", "--to-address",
            "127.0.0.7:12025", "--from-ip", "10.0.0.2")
        assert status == 0 and "--> EHLO mx2.partner.example" in text, text
        assert "--> MAIL FROM:<>" in text, text
    assert sorted(path.name for path in mailbox.iterdir()) == ["000001.eml", "000002.eml", "000003.eml"]

    check_addresses(appliance)

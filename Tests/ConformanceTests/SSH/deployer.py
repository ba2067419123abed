"""A certificate deployer, as certbot hooks are: upload by scp, certconfig over SSH, commit, look."""

import hashlib
import ssl


from remote import *

# The deployer takes any of these for a failure.
FAILURES = ["error:", "failed to", "invalid pass phrase", "symbols are not allowed",
            "does not exist"]


class Deployer:
    """A paramiko shell that learns the prompt first."""

    def __init__(self, appliance):
        self.client = connected(appliance, password=PASSPHRASE, timeout=30)
        self.channel = self.client.invoke_shell(term="vt100", width=200, height=500)
        self.channel.settimeout(30)
        text = self.read(r"(?:^|\r?\n)([^\r\n]{1,120}?)> $")
        self.prompt = re.search(r"(?:^|\r?\n)([^\r\n]{1,120}?)> $", text).group(1)

    def read(self, pattern):
        text = ""
        while not re.search(pattern, text):
            data = self.channel.recv(4096)
            if not data:
                raise EOFError(text)
            text += data.decode()
        return text

    def say(self, line, pattern=r"(?:>|:) ?$"):
        self.channel.send(line + "\n")
        text = self.read(pattern)
        for failure in FAILURES:
            assert failure not in text.lower(), text
        return text


def served(address):
    """SHA-256 of the leaf that HTTPS presents."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(address, 20) as plain, context.wrap_socket(plain) as secure:
        return hashlib.sha256(secure.getpeercert(True)).hexdigest()


@case(3, "scp -O, paramiko", "upload, certconfig > import, assign, commit: s_client sees the very leaf on mail and HTTPS")
def deploy(appliance):
    wanted = make_certificate(appliance.folder, "renewed", "mail.example.com")
    source = f"{appliance.folder}/renewed.p12"
    assert appliance.scp(source, "HOST:/configuration/renewed.p12").returncode == 0

    deployer = Deployer(appliance)
    main = re.escape(deployer.prompt) + "> $"
    assert deployer.prompt == "mail.example.com", deployer.prompt
    for line in ["certconfig", "certificate", "import", "renewed", "renewed.p12"]:
        deployer.say(line)
    # The optional questions may come in either place.
    text = deployer.say("")
    while not re.search(r"pass phrase.*:\s*$", text):
        text = deployer.say("")
    text = deployer.say("lab")
    for _ in range(5):
        if re.search(main, text):
            break
        text = deployer.say("")
    assert re.search(main, text), text

    for line in ["listenerconfig", "edit", "IncomingMail", "certificate"]:
        text = deployer.say(line)
    number = re.search(r"(\d+)\. renewed", text).group(1)
    text = deployer.say(number)
    while not re.search(main, text):
        text = deployer.say("")
    for line in ["interfaceconfig", "edit"]:
        text = deployer.say(line)
    text = deployer.say(re.search(r"(\d+)\. Management", text).group(1))
    while not re.search(main, text):
        chosen = re.search(r"(\d+)\. renewed", text)
        text = deployer.say(chosen.group(1) if chosen else "")
    # The listener needs TLS to present anything.
    for line in ["listenerconfig", "edit", "IncomingMail", "hostaccess", "default"]:
        text = deployer.say(line)
    while not re.search(main, text):
        is_tls = re.search(r"encrypted TLS|TLS encryption|use TLS", text[-300:])
        text = deployer.say("2" if is_tls and "1. No" in text else "")

    text = deployer.say("commit")
    text = deployer.say("renewed by a hook")
    if "rollback? [Y]> " in text:
        text = deployer.say("", main)
    assert "Changes committed" in text, text
    deployer.channel.send("exit\n")
    until(lambda: deployer.channel.exit_status_ready(), "the end of the session", 10)
    deployer.client.close()

    host, port = appliance.service("smtp", "IncomingMail")
    shown = subprocess.run(
        ["openssl", "s_client", "-starttls", "smtp", "-connect", f"{host}:{port}", "-bind",
         f"{host.rsplit('.', 2)[0]}.0.9"], input=b"QUIT\n", stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, timeout=30).stdout.decode()
    leaf = re.search("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", shown, re.S)
    assert leaf, shown
    der = ssl.PEM_cert_to_DER_cert(leaf.group(0))
    assert hashlib.sha256(der).hexdigest() == wanted
    assert served(appliance.service("https", "Management")) == wanted


@case(3, "paramiko", "a file that is not there and a wrong pass phrase are told in words that count as failures")
def failures(appliance):
    make_certificate(appliance.folder, "other", "other.example.com")
    appliance.upload(f"{appliance.folder}/other.p12", "other.p12")
    for file, phrase, word in [("missing.p12", None, "does not exist"),
                               ("other.p12", "wrong", "pass phrase")]:
        deployer = Deployer(appliance)
        lines = ["certconfig", "certificate", "import", "other", file]
        seen = ""
        for line in lines:
            deployer.channel.send(line + "\n")
            seen += deployer.read(r"(?:>|:) ?$")
        if phrase:
            while "pass phrase" not in seen[-200:]:
                deployer.channel.send("\n")
                seen += deployer.read(r"(?:>|:) ?$")
            deployer.channel.send(phrase + "\n")
            seen += deployer.read(r"> ?$")
        assert any(failure in seen.lower() for failure in FAILURES) and word in seen.lower(), seen
        deployer.client.close()


@case(4, "paramiko", "several commands over one connection, each in a channel of its own, with their status")
def channels(appliance):
    client = connected(appliance)
    for line, status in [("version", 0), ("nonsense", 1), ("whoami", 0)]:
        stdin, stdout, _ = client.exec_command(line)
        assert stdout.channel.recv_exit_status() == status
        assert stdout.read()
    client.close()


@case(5, "paramiko", "answers written ahead in one send reach their prompts; a passphrase among them is not echoed")
def ahead(appliance):
    deployer = Deployer(appliance)
    deployer.channel.send("passphrase\nwrong-old\nwhoami\n")
    text = deployer.read("Full Name")
    assert "wrong-old" not in text, text
    deployer.client.close()


if __name__ == "__main__":
    main()

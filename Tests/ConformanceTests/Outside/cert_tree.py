"""`esash cert tree`: the verdict is that of `openssl verify`; colours only where they may be."""

import os
import pathlib
import subprocess

import pexpect

from appliance import ESASH, LIMIT, Appliance, answer, import_certificate, run
from authority import Authority


def tree(appliance, *arguments):
    """Runs `esash cert tree`; returns status, standard output and standard error."""
    done = subprocess.run(
        [ESASH, "cert", "tree", "--appliance", appliance.directory, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        timeout=LIMIT)
    return done.returncode, done.stdout, done.stderr


with Appliance() as appliance:
    authority = Authority(f"{appliance.folder}/ca")
    authority.issue("whole", "mail.example.com", san=["mail.example.com"])
    whole = authority.pkcs12("whole", "lab")
    leaf = authority.issue("cut", "cut.example.com", san=["cut.example.com"])[0]
    cut = f"{appliance.folder}/cut.p12"
    run("openssl", "pkcs12", "-export", "-inkey", f"{authority.folder}/cut.key", "-in", leaf,
        "-out", cut, "-passout", "pass:lab")
    for file, name in ((whole, "whole.p12"), (cut, "cut.p12"), (authority.root, "root.pem")):
        appliance.upload(file, name)
    shell = appliance.shell()
    for name in ("whole", "cut"):
        import_certificate(shell, name, f"{name}.p12")
    status, output, error = tree(appliance, "whole")
    assert (status, output) == (2, "") and "There is no committed certificate" in error, error
    assert "there are Demo." in error, error
    answer(shell, "commit \"two chains\"", until=r"Changes committed[^\n]*\n")

    # Nobody trusts the root yet.
    status, text, _ = tree(appliance, "whole")
    assert status == 0 and "no service presents it" in text, text
    assert "✗ Not verified: unable to get local issuer certificate" in text, text
    answer(shell, "certconfig", "certauthority", "custom", "import", "root.pem", "enable", "", "",
           "")
    answer(shell, "listenerconfig", "edit", "1", "certificate", "whole", "", "")
    answer(shell, "commit \"trust\"", until=r"Changes committed[^\n]*\n")
    status, text, _ = tree(appliance, "whole")
    assert "✓ Verified, up to Lab Root." in text, text
    assert "presented by Listener IncomingMail" in text and "trusted by the custom list" in text
    assert text.index("Lab Root\n") < text.index("Lab Intermediate") < text.index("└─ mail."), text
    serial = run("openssl", "x509", "-in", f"{authority.folder}/whole.pem", "-noout", "-serial")
    assert f"serial {serial.strip().split('=')[1]}" in text, (serial, text)
    status, text, _ = tree(appliance, "cut")
    assert "Lab Intermediate\n│  ✗ is missing" in text, text
    for name, expected in (("whole", 0), ("cut", 2)):
        done = subprocess.run(
            ["openssl", "verify", "-CAfile", authority.root,
             *(["-untrusted", authority.intermediate] if name == "whole" else []),
             f"{authority.folder}/{name}.pem"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        assert done.returncode == expected, name

    # Pipe, terminal, terminal without colours.
    assert "\x1b" not in text
    command = f"{ESASH} cert tree --appliance {appliance.directory} cut"
    # `swift test` itself asks for no colours.
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    for variables, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        shown = pexpect.run(command, env={**plain, "TERM": "xterm", **variables},
                            encoding="utf-8")
        assert ("\x1b[31m" in shown) is coloured and "is missing" in shown, shown

    page = f"{appliance.folder}/tree.html"
    assert tree(appliance, "--html", page, "cut") == (0, "", "")
    assert os.stat(page).st_mode & 0o777 == 0o600
    text = pathlib.Path(page).read_text()
    fingerprint = run("openssl", "x509", "-in", leaf, "-noout", "-fingerprint", "-sha256")
    assert fingerprint.strip().split("=")[1].replace(":", "").lower() in text
    for arguments, sentence in ((["--html", f"{appliance.folder}/none/x", "cut"],
                                 "cannot be written"),
                                (["--appliance", f"{appliance.folder}/none", "cut"],
                                 "holds no appliance")):
        status, output, error = tree(appliance, *arguments)
        assert (status, output) == (2, "") and sentence in error, error

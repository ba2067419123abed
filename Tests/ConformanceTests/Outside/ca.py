"""`esash ca`: each of its options, judged by the openssl command."""

import os
import pathlib
import subprocess

from appliance import ESASH, LIMIT, Appliance, run


def esash(*arguments, stdin=None):
    """Runs `esash ca …`; returns status, standard output and standard error."""
    done = subprocess.run(
        [ESASH, "ca", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=LIMIT)
    return done.returncode, done.stdout, done.stderr.decode()


def refused(sentence, *arguments, stdin=b""):
    status, output, error = esash(*arguments, stdin=stdin)
    assert (status, output) == (2, b""), (status, output, error)
    assert sentence in error, error


def verdict(root, chain, leaf, *options):
    """What `openssl verify` says: OK, or its first reason."""
    done = subprocess.run(
        ["openssl", "verify", "-CAfile", root, "-untrusted", chain, *options, leaf],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0:
        return "OK"
    return done.stdout.split("lookup: ")[1].split("\n")[0]


with Appliance() as appliance:
    folder = appliance.folder
    ca = f"{folder}/new/ca"
    root, old, new = (f"{ca}/{name}.pem" for name in ("root", "intermediate-old",
                                                      "intermediate-new"))
    csr, wide = f"{folder}/mail.csr", f"{folder}/wide.csr"
    subject = "/C=US/O=Example/CN=mail.example.com"
    run("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{folder}/mail.key",
        "-subj", subject, "-out", csr)
    run("openssl", "req", "-new", "-key", f"{folder}/mail.key", "-subj", subject, "-addext",
        "subjectAltName=DNS:a.example.com,DNS:*.b.example.com", "-out", wide)

    # The authority itself.
    refused("There is no authority in", "sign", "--ca", ca, csr)
    status, output, error = esash("init", "--ca", ca)
    assert status == 0 and b"Clients import root.pem." in output, (output, error)
    assert os.stat(ca).st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in pathlib.Path(ca).iterdir()} == {0o600}
    for leaf, chain, trust in ((old, root, root), (new, root, root),
                               (f"{ca}/intermediate-new-cross-sign.pem", root,
                                f"{ca}/former-root.pem")):
        assert verdict(trust, chain, leaf, "-x509_strict") == "OK", leaf
    refused("There is an authority in", "init", "--ca", ca)
    assert esash("init", "--rsa", "--ca", f"{folder}/rsa")[0] == 0
    assert "RSA" in run("openssl", "x509", "-in", f"{folder}/rsa/root.pem", "-noout", "-text")

    answer, leaf = f"{folder}/answer.pem", f"{folder}/leaf.pem"

    def sign(*options, request=csr, form="x509"):
        """Signs; the text of what `openssl` reads first in the answer."""
        status, output, error = esash("sign", "--ca", ca, request, "--out", answer, *options)
        assert (status, output) == (0, b""), (options, error)
        assert os.stat(answer).st_mode & 0o777 == 0o600
        if form != "x509":
            return run("openssl", "pkcs7", "-inform", form, "-in", answer, "-print_certs")
        run("openssl", "x509", "-in", answer, "-out", leaf)
        return run("openssl", "x509", "-in", answer, "-noout", "-text", "-ext",
                   "subjectAltName,extendedKeyUsage", "-nameopt", "RFC2253")

    def subjects(text):
        lines = [line for line in text.split("\n") if line.startswith("subject")]
        return [line.replace(" ", "").rsplit("CN=")[-1] for line in lines]

    def chain_of_answer():
        return subjects(run("openssl", "storeutl", "-certs", "-noout", "-text", answer).replace(
            "        Subject:", "subject"))

    # The usual answer: names, uses, dates, chain.
    text = sign()
    assert "Subject: CN=mail.example.com,O=Example,C=US" in text, text
    assert "DNS:mail.example.com" in text and "Issuer: CN=Lab Issuing CA 2" in text, text
    assert "TLS Web Server Authentication, TLS Web Client Authentication" in text, text
    assert verdict(root, answer, leaf, "-x509_strict", "-purpose", "sslserver", "-verify_hostname",
                   "mail.example.com") == "OK"
    run("openssl", "x509", "-in", leaf, "-noout", "-checkend", str(364 * 86400))
    assert subprocess.run(["openssl", "x509", "-in", leaf, "-noout", "-checkend",
                           str(366 * 86400)], stdout=subprocess.DEVNULL).returncode == 1
    assert chain_of_answer() == ["mail.example.com", "LabIssuingCA2"]
    assert run("openssl", "x509", "-in", leaf, "-noout", "-pubkey") == run(
        "openssl", "req", "-in", csr, "-noout", "-pubkey")

    # Days, names, uses.
    sign("--days", "3")
    assert subprocess.run(["openssl", "x509", "-in", leaf, "-noout", "-checkend",
                           str(4 * 86400)], stdout=subprocess.DEVNULL).returncode == 1
    text = sign(request=wide)
    assert "DNS:a.example.com, DNS:*.b.example.com" in text, text
    text = sign("--san", "x.example.com", "--san", "*.y.example.com", request=wide)
    assert "DNS:x.example.com, DNS:*.y.example.com" in text and "DNS:a." not in text, text
    assert verdict(root, answer, leaf, "-verify_hostname", "q.y.example.com") == "OK"
    result = verdict(root, answer, leaf, "-verify_hostname", "mail.example.com")
    assert result.lower() == "hostname mismatch", result
    assert "DNS:" not in sign("--no-san", request=wide)
    for usage, server, client in (("server", "OK", None), ("client", None, "OK")):
        sign("--eku", usage)
        for purpose, expected in (("sslserver", server), ("sslclient", client)):
            result = verdict(root, answer, leaf, "-purpose", purpose)
            assert result == (expected or "unsuitable certificate purpose"), (usage, result)

    # Chains and who signs.
    alone = "unable to get local issuer certificate"
    for option in ("leaf", "none"):
        sign("--chain", option)
        assert chain_of_answer() == ["mail.example.com"]
        assert verdict(root, answer, leaf) == alone
    sign("--chain", "with-root")
    assert chain_of_answer() == ["mail.example.com", "LabIssuingCA2", "LabRootCA"]
    sign("--chain", "wrong-order")
    assert chain_of_answer() == ["LabRootCA", "LabIssuingCA2", "mail.example.com"]
    text = sign("--intermediate", "old")
    assert "Issuer: CN=Lab Issuing CA 1" in text and verdict(root, answer, leaf) == "OK", text
    assert verdict(root, new, leaf) == alone
    sign("--intermediate", "new")
    assert verdict(root, old, leaf) == alone
    assert verdict(f"{ca}/former-root.pem", f"{ca}/intermediate-new-cross-sign.pem", leaf) == "OK"
    sign("--expired")
    assert verdict(root, answer, leaf) == "certificate has expired"

    # Other forms.
    status, output, _ = esash("sign", "--ca", ca, "--der", "-",
                              stdin=pathlib.Path(csr).read_bytes())
    der = f"{folder}/leaf.der"
    pathlib.Path(der).write_bytes(output)
    run("openssl", "x509", "-inform", "DER", "-in", der, "-out", leaf)
    assert status == 0 and verdict(root, new, leaf) == "OK"
    for options, form in ((["--p7b"], "PEM"), (["--p7b", "--der"], "DER")):
        text = sign("--chain", "with-root", *options, form=form)
        assert subjects(text) == ["mail.example.com", "LabIssuingCA2", "LabRootCA"], text

    # Revocation: one issuer's list at a time, and all of them.
    def checked():
        """`openssl verify -crl_check` of the last answer."""
        trust = f"{folder}/trust.pem"
        pathlib.Path(trust).write_bytes(
            pathlib.Path(root).read_bytes() + pathlib.Path(f"{ca}/crl.pem").read_bytes())
        return verdict(trust, answer, leaf, "-crl_check_all")

    sign()
    assert checked() == "OK"
    serial = run("openssl", "x509", "-in", leaf, "-noout", "-serial").strip().split("=")[1]
    status, output, _ = esash("revoke", "--ca", ca, answer)
    assert status == 0 and serial.encode() in output, output
    assert checked() == "certificate revoked"
    refused("is revoked already", "revoke", "--ca", ca, answer)
    for issuer, expected in (("root", 0), ("old", 0), ("new", 1)):
        status, output, _ = esash("crl", "--ca", ca, "--issuer", issuer, "--der", "--out",
                                  f"{folder}/list.crl")
        assert (status, output) == (0, b"")
        text = run("openssl", "crl", "-inform", "DER", "-in", f"{folder}/list.crl", "-noout",
                   "-text", "-nextupdate", "-CAfile", {"root": root, "old": old, "new": new}[issuer])
        assert "verify OK" in text and text.count(f"Serial Number: {serial}") == expected, text
    status, output, _ = esash("crl", "--ca", ca)
    assert (status, output.count(b"BEGIN X509 CRL")) == (0, 3), output
    assert output == pathlib.Path(f"{ca}/crl.pem").read_bytes()
    sign()
    assert checked() == "OK"

    # What is wrong is named.
    der_csr = f"{folder}/der.csr"
    run("openssl", "req", "-in", csr, "-outform", "DER", "-out", der_csr)
    forged = f"{folder}/forged.csr"
    body = bytearray(pathlib.Path(der_csr).read_bytes())
    body[-1] ^= 1
    pathlib.Path(forged).write_bytes(body)
    run("openssl", "req", "-inform", "DER", "-in", forged, "-out", forged)
    for sentence, request in (
            ("this is a certificate.", root), ("this is a private key.", f"{folder}/mail.key"),
            ("this is a certificate signing request (CSR) in DER form.", der_csr),
            ("nothing.csr cannot be read.", "nothing.csr"),
            ("There is no PEM block", f"{appliance.directory}/network/zone"),
            ("not signed with its own key", forged)):
        refused(sentence, "sign", "--ca", ca, request)
    refused("There is no PEM block", "sign", "--ca", ca, "-")
    refused("1 to 3650 days", "sign", "--ca", ca, csr, "--days", "0")
    refused("\"10.0.0.1\" is not a host name", "sign", "--ca", ca, csr, "--san", "10.0.0.1")
    refused("not both", "sign", "--ca", ca, csr, "--san", "a.example", "--no-san")
    refused("DER holds one certificate", "sign", "--ca", ca, csr, "--der", "--chain", "full")
    refused("DER holds one list", "crl", "--ca", ca, "--der")
    refused("--eku", "sign", "--ca", ca, csr, "--eku", "mail")
    refused("cannot be written", "sign", "--ca", ca, csr, "--out", f"{folder}/none/x.pem")
    refused("A certificate is needed; this is a certificate signing request", "revoke", "--ca", ca,
            csr)
    refused("did not issue", "revoke", "--ca", f"{folder}/rsa", answer)
    refused("There is no authority in", "revoke", "--ca", f"{folder}/none", answer)
    refused("There is no authority in", "crl", "--ca", f"{folder}/none")

    # Without --ca it is the appliance's own, and dates go by its calendar.
    place = ("--appliance", appliance.directory)
    assert esash("init", *place)[0] == 0
    status, output, _ = esash("sign", *place, csr)
    pathlib.Path(answer).write_bytes(output)
    run("openssl", "x509", "-in", answer, "-out", leaf)
    assert verdict(f"{appliance.directory}/network/ca/root.pem", answer, leaf) == "OK"

"""A certificate authority by the openssl command: a root, an intermediate, and what they issue."""

import datetime
import os
import pathlib

from appliance import run

CONFIGURATION = """\
[ca]
default_ca = lab
[lab]
database = {folder}/index
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
default_crl_days = 7
crlnumber = {folder}/crlnumber
policy = any
unique_subject = no
copy_extensions = none
x509_extensions = leaf
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


class Authority:
    """Files in a folder: `root` and `intermediate` are paths of PEM certificates."""

    def __init__(self, folder, name="Lab"):
        self.folder = folder
        os.mkdir(folder)
        self.configuration = f"{folder}/openssl.cnf"
        pathlib.Path(self.configuration).write_text(CONFIGURATION.format(folder=folder))
        pathlib.Path(f"{folder}/index").write_text("")
        pathlib.Path(f"{folder}/serial").write_text("1000\n")
        pathlib.Path(f"{folder}/crlnumber").write_text("01\n")
        self.root = self.issue("root", f"{name} Root", extensions="authority", issuer=None)[0]
        self.intermediate = self.issue(
            "intermediate", f"{name} Intermediate", extensions="authority", issuer="root")[0]

    def issue(self, file, name, *, san=None, issuer="intermediate", extensions="leaf",
              start=-1, end=30, usage="serverAuth, clientAuth"):
        """Issues a certificate; returns the paths of certificate, chain file and key.

        `start` and `end` are days from now; the chain file holds key, leaf and intermediate.
        """
        base = f"{self.folder}/{file}"
        run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-config", self.configuration, "-subj", f"/CN={name}", "-keyout",
            f"{base}.key", "-out", f"{base}.csr")
        section = pathlib.Path(f"{base}.ext")
        lines = pathlib.Path(self.configuration).read_text().split(f"[{extensions}]\n")[1]
        lines = lines.split("[")[0]
        if san:
            lines += "subjectAltName = " + ", ".join(f"DNS:{entry}" for entry in san) + "\n"
        if extensions == "leaf" and usage:
            lines += f"extendedKeyUsage = {usage}\n"
        section.write_text(f"[x]\n{lines}")
        signer = ["-selfsign", "-keyfile", f"{base}.key"] \
            if issuer in (None, "self") else self.signer(issuer)
        run("openssl", "ca", "-batch", "-notext", "-config", self.configuration, "-in",
            f"{base}.csr", "-out", f"{base}.pem", "-startdate", self.date(start), "-enddate",
            self.date(end if extensions == "leaf" else 3650), "-extfile", str(section),
            "-extensions", "x", *signer)
        chain = pathlib.Path(f"{base}.chain")
        parts = [f"{base}.key", f"{base}.pem"]
        if issuer == "intermediate":
            parts.append(self.intermediate)
        chain.write_text("".join(pathlib.Path(part).read_text() for part in parts))
        return f"{base}.pem", str(chain), f"{base}.key"

    def pkcs12(self, file, password):
        """The PKCS#12 file of what was issued under that name."""
        base = f"{self.folder}/{file}"
        run("openssl", "pkcs12", "-export", "-inkey", f"{base}.key", "-in", f"{base}.pem",
            "-certfile", self.intermediate, "-out", f"{base}.p12", "-passout", f"pass:{password}")
        return f"{base}.p12"

    def revoke(self, file):
        """Takes back what was issued under that name."""
        run("openssl", "ca", "-config", self.configuration, "-revoke", f"{self.folder}/{file}.pem",
            *self.signer("intermediate"))

    def revocation_lists(self):
        """The path of a PEM file with the lists of root and intermediate, made now."""
        lists = ""
        for issuer in ("root", "intermediate"):
            path = f"{self.folder}/{issuer}.crl"
            run("openssl", "ca", "-config", self.configuration, "-gencrl", "-out", path,
                *self.signer(issuer))
            lists += pathlib.Path(path).read_text()
        pathlib.Path(f"{self.folder}/crls.pem").write_text(lists)
        return f"{self.folder}/crls.pem"

    def signer(self, issuer):
        return ["-cert", f"{self.folder}/{issuer}.pem", "-keyfile", f"{self.folder}/{issuer}.key"]

    @staticmethod
    def date(days):
        moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
        return moment.strftime("%Y%m%d%H%M%SZ")

"""A client that asks for another handshake within TLS 1.2 is refused, and others are served."""

import subprocess

from appliance import LIMIT, Appliance, allow_tls, answer, leaf_of

with Appliance() as appliance:
    shell = appliance.shell()
    allow_tls(shell)
    answer(shell, "commit \"TLS offered\"", until=r"Changes committed[^\n]*\n")
    address = appliance.service("smtp", "IncomingMail")
    leaf = leaf_of(address)

    # A line with a single R has s_client ask for it.
    done = subprocess.run(
        ["openssl", "s_client", "-starttls", "smtp", "-tls1_2", "-connect",
         f"{address[0]}:{address[1]}"], input="R\n", timeout=LIMIT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert "RENEGOTIATING" in done.stdout, done.stdout
    assert "no renegotiation" in done.stdout, done.stdout

    assert leaf_of(address) == leaf, "others are not served"
    print("refused, and others are served")

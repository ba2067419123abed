"""After `Changes committed`, without waiting, the next handshake shows the new certificate.

200 times in a row with the engine in another process, 50 times with the shell as the engine; the
PKCS#12 files are a modern and a legacy one. Before a commit the old certificate is served.
"""

from appliance import *


def alternate(appliance, child, leaves, rounds):
    address = appliance.service("smtp", "IncomingMail")
    served = leaf_of(address)
    for number in range(rounds):
        wanted = number % 2
        answer(child, "listenerconfig", "edit", "1", "certificate", str(wanted + 1), "", "")
        assert leaf_of(address) == served, f"round {number}: served before the commit"
        child.sendline("commit changed")
        child.expect("Changes committed")
        served = leaf_of(address)
        assert served == leaves[wanted], f"round {number}: the old certificate after the commit"
        child.expect(MAIN)


with Appliance() as appliance:
    leaves = [
        make_certificate(appliance.folder, "alpha", "mail.example.com"),
        make_certificate(appliance.folder, "beta", "mail.example.com", "-legacy"),
    ]
    for name in ["alpha", "beta"]:
        appliance.upload(f"{appliance.folder}/{name}.p12", f"{name}.p12")
    child = appliance.shell()
    for name in ["alpha", "beta"]:
        import_certificate(child, name, f"{name}.p12")
    allow_tls(child)
    answer(child, "commit prepared")
    alternate(appliance, child, leaves, 50)

    server = appliance.serve()  # The shell lets go of the lock.
    alternate(appliance, child, leaves, 200)
    host, port = appliance.service("smtp", "IncomingMail")
    for name in ["alpha", "beta"]:
        number = ["alpha", "beta"].index(name) + 1
        answer(child, "listenerconfig", "edit", "1", "certificate", str(number), "", "")
        answer(child, "commit last")
        shown = run(
            "openssl", "s_client", "-starttls", "smtp", "-connect", f"{host}:{port}",
            "-verify_hostname", "mail.example.com", "-CAfile", f"{appliance.folder}/{name}.pem")
        assert "Verification: OK" in shown, shown

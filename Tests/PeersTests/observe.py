"""Talks to a peer as smtplib does, and prints what it saw: observe.py ADDRESS PORT MAILS SECONDS"""
import smtplib
import sys


def attempt(step, *arguments):
    """The code of a step's reply, or how the connection ended."""
    try:
        return str(step(*arguments)[0])
    except smtplib.SMTPServerDisconnected as error:
        text = str(error)
        return "reset" if "reset" in text else "silent" if "timed out" in text else "closed"


client = smtplib.SMTP(timeout=float(sys.argv[4]))
seen = [f"banner {attempt(client.connect, sys.argv[1], int(sys.argv[2]))}"]
if seen[0] == "banner 220":
    seen.append(f"ehlo {attempt(client.ehlo, 'client.example')}")
    if seen[-1] == "ehlo 502":
        seen.append(f"helo {attempt(client.helo, 'client.example')}")
    seen.append(f"listed {'yes' if client.has_extn('starttls') else 'no'}")
    seen.append(f"starttls {attempt(client.docmd, 'STARTTLS')}")
    if seen[-1] not in ("starttls 220", "starttls closed", "starttls reset"):
        for _ in range(int(sys.argv[3])):
            seen.append(f"mail {attempt(client.mail, 'joe@example.com')}")
            seen.append(f"rcpt {attempt(client.rcpt, 'eve@partner.example')}")
            if seen[-1] == "rcpt 250":
                text = b"Subject: hello\r\n\r\n.a dot\r\nbye\r\n"
                seen.append(f"data {attempt(client.data, text)}")
            else:
                attempt(client.docmd, "RSET")
        seen.append(f"quit {attempt(client.quit)}")
print(", ".join(seen))

"""What is typed before its prompt is there: scripts write several lines at once.

Usage: python3 ahead.py PATH-OF-ESASH (see session.py beside it).
"""

import os

from session import PROMPT, Session, main, require

LINE = "%03d-" + "A" * 60


def paste_into(session, text):
    """Pastes a public certificate; returns what was shown up to the end of the operation."""
    session.run("certconfig", "[]> ")
    session.run("CERTIFICATE", "[]> ")
    session.run("PASTE", "> ")
    session.run("rubbish", "'.'):\r\n")
    session.type(text)
    return session.see(".\r\n")


def check_lines():
    """each of several lines is echoed once, after its prompt"""
    lines = ["first-%d" % number for number in range(5)]
    with Session() as session:
        session.type("\n".join(lines) + "\n")
        for line in lines:
            session.see(line + "\r\n")
            session.see(PROMPT)
        for line in lines:
            echo = (PROMPT + line + "\r\n").encode()
            require(session.screen.count(echo) == 1, "echo of %s" % line)


def check_during_command():
    """lines typed while a command runs are echoed at their prompts only"""
    with Session() as session:
        session.type("certconfig\n")
        session.type("\nversion\n")
        session.see(PROMPT + "version\r\n")
        session.see(PROMPT)
        require(session.screen.count(b"version\r\n") == 1, "echo")


def check_secret():
    """a secret typed ahead is never shown"""
    with Session() as session:
        os.makedirs(session.appliance + "/configuration", exist_ok=True)
        with open(session.appliance + "/configuration/rubbish.p12", "w") as file:
            file.write("no certificate")
        # The empty line answers the question about fully qualified names.
        answers = ["certconfig", "CERTIFICATE", "IMPORT", "mine", "rubbish.p12", "", "Ironside-77"]
        session.type("\n".join(answers + ["", "", "version"]) + "\n")
        session.see("pass phrase for PKCS#12")
        session.see(PROMPT + "version\r\n")
        require(b"Ironside" not in session.screen, "the secret is on the screen")


def check_paste():
    """200 lines in one write all arrive and are echoed once each"""
    lines = [LINE % number for number in range(200)]
    for end in ("\n", "\r\n", "\r"):
        with Session() as session:
            shown = paste_into(session, end.join(lines + [".", ""]))
            require(shown == "".join(line + "\r\n" for line in lines).encode(), "echo with %r" % end)


def check_blind_paste():
    """a megabyte is taken from a script that reads nothing meanwhile"""
    with Session() as session:
        shown = paste_into(session, (LINE % 0 + "\n") * 16000 + ".\n")
        require(shown.count(b"A" * 60) == 16000, "echo")


def check_interrupted_paste():
    """Ctrl-C in a paste returns to the main prompt"""
    with Session() as session:
        session.run("certconfig", "[]> ")
        session.run("CERTIFICATE", "[]> ")
        session.run("PASTE", "> ")
        session.run("rubbish", "'.'):\r\n")
        session.type("one\rtwo\x03")
        require(b"-- Changes not recorded" in session.see(PROMPT), "the sentence")


main(check_lines, check_during_command, check_secret, check_paste, check_blind_paste,
     check_interrupted_paste)

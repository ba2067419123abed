"""Keys that a person uses: editing, history, completion, Ctrl-C, Ctrl-D, the pager.

Usage: python3 keys.py PATH-OF-ESASH (see session.py beside it).
"""

import time

from session import PROMPT, UP, Session, main, require

VERSION = b"14.2.0"
MORE = "-Press Any Key For More-"
WIPE = b"\r" + b" " * len(MORE) + b"\r"


def check_history():
    """Up brings back command lines, also those of the session before, and never an answer"""
    with Session() as session:
        session.run("version")
        session.run("certconfig", "[]> ")
        session.run("my-answer", "[]> ")
        session.type(UP + "\r")
        session.see(PROMPT)
        session.type(UP)
        session.see("certconfig")
        session.type(UP)
        session.see("version")
        session.type("\r")
        session.see(PROMPT)
        session.leave()
        with Session(appliance=session.appliance) as later:
            later.type(UP + UP)
            later.see("version")
            later.type(UP)
            later.see("certconfig")
            later.type("\x03")
            later.see(PROMPT)
            require(b"my-answer" not in later.screen, "an answer in the history")


def check_search():
    """Ctrl-R finds an earlier command line"""
    with Session() as session:
        session.run("version")
        session.run("certconfig", "[]> ")
        session.run("")
        session.type("\x12ersi")
        time.sleep(0.2)
        session.type("\r")
        require(VERSION in session.see(PROMPT), "the command that was found")


def check_completion():
    """Tab completes a command with a blank and an operation without; several are listed"""
    with Session() as session:
        session.type("versio\t")
        session.see("version ")
        session.type("\r")
        session.see(PROMPT)
        session.type("certc\t\r")
        session.see("[]> ")
        session.type("cert\t")
        require(b"CERTAUTHORITY  CERTIFICATE" in session.see("[]> cert"), "the list")
        session.type("i\t\r")
        session.see("CERTIFICATE")
        session.see("[]> ")


def check_interrupt():
    """Ctrl-C at a question drops the command; at the main prompt it drops the line"""
    with Session() as session:
        session.run("certconfig", "[]> ")
        session.type("abc\x03")
        shown = session.see(PROMPT)
        require(shown.startswith(b"abc^C\r\n"), "the echo")
        require(b"-- Changes not recorded" in shown, "the sentence")
        session.type("version\x03")
        require(VERSION not in session.see(PROMPT), "the line was run")


def check_interrupted_command():
    """Ctrl-C ends a command that only prints, at once"""
    with Session() as session:
        session.type("tail mail_logs\r")
        time.sleep(0.5)
        session.type("\x03")
        start = time.monotonic()
        session.see(PROMPT)
        require(time.monotonic() - start < 2, "took too long")
        session.run("version")


def check_end():
    """Ctrl-D on an empty line is an empty Return at a question and `exit` at the main prompt"""
    with Session() as session:
        session.run("certconfig", "[]> ")
        session.type("\x04")
        require(session.see(PROMPT).startswith(b"\r\n"), "the new line")
        session.type("version\x04\r")
        require(VERSION in session.see(PROMPT), "Ctrl-D behind text does nothing")
        session.type("\x04")
        require(session.ended() == 0, "status")


def check_pager():
    """the pager waits for one key, wipes its line, goes on for blank and Return, stops for q"""
    with Session(rows=8) as session:
        session.type("help\r")
        session.see(MORE)
        for key in (" ", "\r"):
            session.type(key)
            shown = session.see(MORE)
            require(shown.startswith(WIPE), "the wiping: %r" % shown)
            require(b"\r\n" in shown, "no page after %r" % key)
        session.type("q")
        shown = session.see(PROMPT)
        require(shown.startswith(WIPE) and not shown.strip(), "output after q")
        session.type("help\r")
        session.see(MORE)
        session.type("\x03")
        session.see(PROMPT)


def check_window():
    """a new window size keeps the line and moves the pages"""
    with Session(rows=8) as session:
        session.type("versi")
        session.see("versi")
        session.child.setwinsize(12, 100)
        time.sleep(0.2)
        session.type("on\r")
        session.see(VERSION)
        session.see(PROMPT)
        session.type("help\r")
        require(session.see(MORE).count(b"\r\n") > 8, "the page")
        session.type("q")
        session.see(PROMPT)
        for rows, columns in ((1, 1), (2, 5), (3, 20)):
            session.child.setwinsize(rows, columns)
            session.type("y" * 50 + "\x03")
            session.see("^C\r\n")


main(check_history, check_search, check_completion, check_interrupt, check_interrupted_command,
     check_end, check_pager, check_window)

"""What plain typing puts on the wire: scripts compare it byte by byte.

Usage: python3 typing.py PATH-OF-ESASH (see session.py beside it).
"""

from session import PROMPT, Session, main, require


def check_no_escapes():
    """no escape and no NUL byte in a session without editing, under dumb, vt100 and xterm"""
    for term in ("dumb", "vt100", "xterm"):
        with Session(term=term) as session:
            session.run("version")
            session.run("certconfig", "[]> ")
            session.run("nonsense", "[]> ")
            session.run("")
            session.run("x" * 100)
            require(session.leave() == 0, "status")
            for byte in (b"\x1b", b"\x00"):
                require(byte not in session.screen, "%r under %s" % (byte, term))


def check_prompt_bytes():
    """the main prompt is the last thing on its line, and the answer is echoed once behind it"""
    with Session() as session:
        session.run("version")
        require(session.screen.count(b"> version\r\n") == 1, "echo")
        require(session.screen.endswith(b"\r\n" + PROMPT.encode()), "prompt")


def check_line_ends():
    """CR, LF and CR LF are one Enter each; LF at a new prompt is one, too"""
    with Session() as session:
        session.type("version\r\nversion\nversion\r")
        for _ in range(3):
            session.see(PROMPT)
        session.type("\n")
        require(session.see(PROMPT).strip() == b"", "LF after a line that ended in CR")
        require(session.screen.count(PROMPT.encode()) == 5, "prompts")


def check_characters():
    """UTF-8 is echoed as typed, in any locale"""
    text = "h\u00e9llo \u4e16\u754c \U0001f642"
    for locale in ("C", "C.UTF-8", "xx_YY"):
        with Session(LC_ALL=locale) as session:
            session.type(text + "\r")
            require(session.see("\r\n") == text.encode(), "echo in %s" % locale)
            session.see(PROMPT)
            session.type("\u4e16\u754c\x7f\x7fversion\r")
            session.see(PROMPT)
            require(session.leave() == 0, "status in %s" % locale)


def check_odd_terminals():
    """a terminal that nobody knows still has a prompt"""
    for term in ("emacs", "no-such-terminal", ""):
        with Session(term=term) as session:
            session.run("version")
            require(session.leave() == 0, "status under %r" % term)


main(check_no_escapes, check_prompt_bytes, check_line_ends, check_characters, check_odd_terminals)

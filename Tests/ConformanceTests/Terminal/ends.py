"""How a session ends, and what it leaves behind; sessions on pipes.

Usage: python3 ends.py PATH-OF-ESASH (see session.py beside it).
"""

import os
import signal
import subprocess
import tempfile
import time

from session import PROMPT, Pipe, Session, binary, main, pexpect, pipe, require


def check_hang_up():
    """a line that hangs up leaves no process"""
    for at_question in (False, True):
        with Session() as session:
            if at_question:
                session.run("certconfig", "[]> ")
            session.hang_up()
            require(session.is_gone(), "still runs")


def check_terminate():
    """SIGTERM ends the session in order, at a prompt and in a command"""
    for command in (None, "certconfig"):
        with Session() as session:
            if command:
                session.run(command, "[]> ")
            session.child.kill(signal.SIGTERM)
            require(session.ended() >= 0, "killed by the signal")


def check_lost_changes():
    """a hang-up or SIGTERM with pending changes is status 1; `exit` has asked, and is status 0"""
    with Session() as session:
        session.run("sethostname mx.example.com")
        session.hang_up()
        require(session.is_gone(), "still runs")
        require(session.child.exitstatus == 1, "status %s" % session.child.status)
    for command in (None, "certconfig"):
        with Session() as session:
            session.run("sethostname mx.example.com")
            if command:
                session.run(command, "[]> ")
            session.child.kill(signal.SIGTERM)
            require(session.ended() == 1, "status after SIGTERM")
            require(b"uncommitted changes were lost" in session.screen, "the sentence")
    for end in ("exit\r", "\x04"):
        with Session() as session:
            session.run("sethostname mx.example.com")
            session.type(end)
            session.see("Are you sure you wish to exit? [N]> ")
            # Here Ctrl-D is an empty Return.
            session.type("\x04")
            session.see(PROMPT)
            session.type(end)
            session.see("Are you sure you wish to exit? [N]> ")
            session.type("y\r")
            require(session.ended() == 0, "status after %r" % end)
            require(b"changes were lost" not in session.screen, "nothing was lost unasked")


IDLE = b"This session was left idle for too long"


def check_idle():
    """a session that is left idle ends: at a prompt, in a question, without a terminal by SSH"""
    for command in (None, "certconfig"):
        with Session("--idle", "3") as session:
            session.run("sethostname mx.example.com")
            if command:
                session.run(command, "[]> ")
            require(session.ended() == 1, "status")
            require(IDLE in session.screen, "the sentence")
    with Pipe("--from", "10.0.0.9", "--idle", "3") as process:
        process.stdin.write(b"sethostname mx.example.com\nversion")
        process.stdin.flush()
        shown = process.stdout.read()
        require(process.wait(timeout=20) == 1, "status")
        require(IDLE in shown and b"14.2.0-" not in shown, "shown: %r" % shown)


def check_patient_pipe():
    """a script on this machine may take its time"""
    with Pipe("--idle", "3") as process:
        time.sleep(4)
        shown, _ = process.communicate(b"version\n", timeout=20)
        require(process.returncode == 0 and IDLE not in shown, "shown: %r" % shown)
        require(b"14.2.0-" in shown, "shown: %r" % shown)


def check_settings():
    """the terminal is given back as it was, with what was typed for the next program"""
    with tempfile.TemporaryDirectory(prefix="esash-terminal-") as directory:
        script = "stty -a > before; '%s' shell --appliance a; stty -a > after; read line; echo =$line="
        child = pexpect.spawn(
            "/bin/sh", ["-c", script % binary()], cwd=directory, timeout=20,
            env=dict(os.environ, TERM="vt100"))
        child.expect_exact(PROMPT)
        child.send("version\nexit\nfor the shell\n")
        child.expect_exact("=for the shell=")
        child.close(force=True)
        with open(directory + "/before") as before, open(directory + "/after") as after:
            require(before.read() == after.read(), "stty")


def check_pipe():
    """on a pipe prompts are printed, nothing is echoed, and the end of input is the end"""
    for text in ("version\nversion\n", "version\r\nversion"):
        result = pipe(text)
        require(result.returncode == 0, "status %d" % result.returncode)
        require(result.stdout.count(PROMPT.encode()) == 3, "prompts")
        require(result.stdout.count(b"14.2.0") >= 2, "output")
        require(b"version\n" not in result.stdout, "echo")
        require(b"\x1b" not in result.stdout, "escapes")


def check_broken_pipe():
    """a reader that goes away is no crash"""
    with tempfile.TemporaryDirectory(prefix="esash-terminal-") as appliance:
        process = subprocess.Popen(
            [binary(), "shell", "--appliance", appliance], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.close()
        process.stdin.write(b"version\n" * 3)
        process.stdin.close()
        require(process.wait(timeout=20) >= 0, "killed by a signal")


main(check_hang_up, check_terminate, check_lost_changes, check_idle, check_patient_pipe,
     check_settings, check_pipe, check_broken_pipe)

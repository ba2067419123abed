"""A person or a script at the prompt of esash, for the checks in this folder.

Each check is a program: `python3 typing.py PATH-OF-ESASH`. It runs `esash shell --appliance DIR`
on a pseudo terminal, in a new appliance each time, and prints one line for each thing it shows,
`ok …` or `FAILED …`. Its status is 0 if all held, 1 if one did not, 2 if it could not run.
Needs Python 3 and pexpect (Debian: python3-pexpect).
"""

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

try:
    import pexpect
except ImportError:
    print("python3-pexpect is missing", file=sys.stderr)
    sys.exit(2)

PROMPT = "mail.example.com> "
UP = "\x1b[A"


class Failure(Exception):
    """Something did not hold."""


def require(condition, what):
    if not condition:
        raise Failure(what)


class Session:
    """One run of the shell; what it printed so far is `screen`."""

    def __init__(self, *arguments, term="vt100", rows=24, columns=80, appliance=None,
                 **environment):
        self._own = appliance is None
        self.appliance = appliance or tempfile.mkdtemp(prefix="esash-terminal-")
        env = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "LANG"}
        env.update(TERM=term, EDITRC="/dev/null", SWIFT_BACKTRACE="enable=no", **environment)
        self._log = io.BytesIO()
        self.child = pexpect.spawn(
            binary(), ["shell", "--appliance", self.appliance, *arguments], env=env, timeout=20,
            dimensions=(rows, columns))
        self.child.delaybeforesend = None
        self.child.logfile_read = self._log
        self.see(PROMPT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.close(force=True)
        if self._own:
            shutil.rmtree(self.appliance, ignore_errors=True)

    @property
    def screen(self):
        return self._log.getvalue()

    def see(self, *texts):
        """Waits for one of the texts; returns what came before it."""
        try:
            self.child.expect_exact(list(texts))
        except (pexpect.TIMEOUT, pexpect.EOF):
            raise Failure("waited for %r, have %r" % (texts, self.screen[-400:])) from None
        return self.child.before

    def type(self, text):
        self.child.send(text)

    def run(self, line, prompt=PROMPT):
        """Types a line and waits for the next prompt; returns what the line printed."""
        self.type(line + "\r")
        return self.see(prompt)

    def hang_up(self):
        """Closes the person's end of the terminal."""
        self.child.ptyproc.fileobj.close()
        self.child.closed = self.child.ptyproc.closed = True

    def is_gone(self):
        """Whether the process ends by itself, within ten seconds."""
        deadline = time.monotonic() + 10
        while self.child.isalive():
            if time.monotonic() > deadline:
                os.kill(self.child.pid, signal.SIGKILL)
                return False
            time.sleep(0.02)
        return True

    def leave(self):
        """Leaves by `exit`; returns the status."""
        self.type("exit\r")
        return self.ended()

    def ended(self):
        """Waits for the process's end; returns its status, or minus the signal."""
        try:
            self.child.expect(pexpect.EOF)
        except pexpect.TIMEOUT:
            raise Failure("still runs, have %r" % self.screen[-400:]) from None
        self.child.close()
        return self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus


def binary():
    return os.path.abspath(sys.argv[1])


def pipe(text, **options):
    """Runs the shell on pipes; returns the finished process."""
    with tempfile.TemporaryDirectory(prefix="esash-terminal-") as appliance:
        return subprocess.run(
            [binary(), "shell", "--appliance", appliance], input=text.encode(),
            capture_output=True, timeout=60, check=False, **options)


class Pipe(subprocess.Popen):
    """The shell on pipes, in an appliance of its own."""

    def __init__(self, *arguments):
        self._appliance = tempfile.TemporaryDirectory(prefix="esash-terminal-")
        super().__init__(
            [binary(), "shell", "--appliance", self._appliance.name, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def __exit__(self, *failure):
        self.kill()
        super().__exit__(*failure)
        self._appliance.cleanup()


def main(*checks):
    """Runs the checks that a program consists of, each named by its docstring."""
    if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
        print("usage: python3 %s PATH-OF-ESASH" % os.path.basename(sys.argv[0]), file=sys.stderr)
        sys.exit(2)
    failed = 0
    for check in checks:
        try:
            check()
            print("ok", check.__doc__)
        except (Failure, subprocess.TimeoutExpired) as failure:
            failed += 1
            print("FAILED %s: %s" % (check.__doc__, failure))
    print("%d passed, %d failed" % (len(checks) - failed, failed))
    sys.exit(1 if failed else 0)

"""What the SSH scripts share: an appliance served over SSH, and the cases.

Each script holds cases: functions that show one rule with one client. `python3 SCRIPT ESASH` runs
them against one appliance and prints a line of the matrix for each, `| rule | client | what |`.
"""

import os
import pathlib
import re
import subprocess
import sys
import time
import traceback
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Outside"))
warnings.filterwarnings("ignore")

from appliance import *  # noqa: E402, F403
from remote_appliance import *  # noqa: E402, F403
import paramiko  # noqa: E402

def connected(appliance, user="admin", **how):
    """A client of paramiko that is logged in, by key where nothing else is given."""
    host, port = appliance.address
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host, port, user, look_for_keys=False, allow_agent=False,
                   **(how or {"key_filename": appliance.key}))
    return client


CASES = []


def case(rule, client, what):
    """Marks a function as a case: a rule of docs/conformance.md, shown with a client."""
    def mark(function):
        CASES.append((rule, client, what, function))
        return function
    return mark


def main():
    failed = False
    with RemoteAppliance() as appliance:  # noqa: F405
        for rule, client, what, function in CASES:
            try:
                function(appliance)
                print(f"| {rule} | {client} | {what} |", flush=True)
            except Exception:
                failed = True
                print(f"FAILED {rule}, {client}: {what}", flush=True)
                traceback.print_exc()
            # What a case leaves open is not the next one's.
            for child in appliance.children:
                if isinstance(child, pexpect.spawn):  # noqa: F405
                    child.close(force=True)
    sys.exit(1 if failed else 0)

"""A killed engine leaves its lock, its socket and engine.json: nobody waits for them, whatever stands
in them, and the next engine takes its place on the same addresses.
"""

from appliance import *
from faults import *


def killed(server, appliance):
    server.kill()
    server.wait(LIMIT)
    appliance.children.remove(server)


with Appliance() as appliance:
    file = pathlib.Path(f"{appliance.directory}/engine.json")
    server = appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    killed(server, appliance)
    left = json.loads(file.read_text())
    assert left["process"] == server.pid and os.path.exists(left["socket"]), left

    # Whoever commits asks an engine that is no more; so does a command about the mail flow.
    begun = time.monotonic()
    status, text = commit(appliance, "one")
    assert status == 0 and "Changes committed" in text and "Note:" not in text, text
    status, text = esash(appliance, "run", "-c", "status")
    assert status == 1 and text.strip(), text
    assert time.monotonic() - begun < LIMIT / 2, "somebody waited for the engine that was killed"

    bystander = subprocess.Popen(["sleep", "60"])
    for stale in [
            json.dumps(left | {"process": bystander.pid}), json.dumps(left | {"process": 1}),
            json.dumps(left | {"socket": "/nowhere/engine.sock"}), file.read_text()[:40], "", "[]",
            json.dumps({"slot": 4711, "socket": 5})]:
        file.write_text(stale)
        status, text = commit(appliance, f"n{len(comments(appliance))}")
        assert status == 0 and "Changes committed" in text and "Note:" not in text, (stale, text)
    assert bystander.poll() is None, "a process was ended that has taken the number"
    bystander.kill()
    bystander.wait()

    file.write_text(json.dumps(left))
    server = appliance.serve()
    assert appliance.service("smtp", "IncomingMail") == address
    assert send(address) == 250
    killed(server, appliance)
    # Without a word about the slot another one may do.
    file.write_text("{")
    server = appliance.serve()
    assert send(appliance.service("smtp", "IncomingMail")) == 250
    # One engine at a time: the lock is the kernel's, not the file's.
    pathlib.Path(left["socket"]).unlink(missing_ok=True)
    text = refused(appliance, "serve")
    assert "Another process serves this appliance" in text, text

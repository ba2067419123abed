"""An appliance that may not be written to, a temporary folder without room for slots: one sentence
says what is wrong, nothing hangs, and when it is mended all is as before.
"""

from appliance import *
from faults import *


def read_only(folder, is_read_only=True):
    if is_read_only:
        mount("--bind", folder, folder)
        mount("-o", "remount,ro,bind", folder)
    else:
        subprocess.run(["umount", folder], check=True)


def directory(appliance):
    read_only(appliance.directory)
    for door in [["run", "-c", "version"], ["shell"], ["serve"]]:
        assert "Read-only file system" in refused(appliance, *door)
    read_only(appliance.directory, False)
    assert commit(appliance, "writable")[0] == 0


def new_one(appliance):
    place = f"{appliance.folder}/locked"
    os.mkdir(place)
    read_only(place)
    result = subprocess.run(
        [ESASH, "appliance", "new", f"{place}/appliance"], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=LIMIT)
    assert result.returncode == 2, result
    assert "cannot be made: Read-only file system." in result.stdout, result
    read_only(place, False)


def slots(appliance):
    """`run` needs no slot; whoever would serve is refused."""
    place = f"{appliance.folder}/temporary"
    os.mkdir(place)
    folder = f"{place}/esash-slots"
    environment = dict(QUIET, TMPDIR=place)

    def tried(says):
        for door in ["shell", "serve"]:
            result = subprocess.run(
                [ESASH, door, "--appliance", appliance.directory], stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT,
                env=environment)
            assert result.returncode == 2 and folder in result.stdout, result
            assert says in result.stdout and result.stdout.count("\n") == 1, result
        result = subprocess.run(
            [ESASH, "run", "--appliance", appliance.directory, "-c", "version"], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT, env=environment)
        assert result.returncode == 0 and "Serial" in result.stdout, result

    pathlib.Path(folder).write_text("")
    tried("Not a directory")
    os.remove(folder)
    read_only(place)
    tried("Read-only file system")
    read_only(place, False)
    os.mkdir(folder)
    read_only(folder)
    tried("Read-only file system")
    read_only(folder, False)


in_namespace()
with Appliance() as appliance:
    directory(appliance)
    new_one(appliance)
    slots(appliance)

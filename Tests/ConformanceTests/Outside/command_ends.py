"""How subcommands end: by status, in a sentence, and without touching what is not theirs."""

from appliance import *


def esash(*arguments, text=None, stdout=subprocess.PIPE, **variables):
    """Runs a subcommand and returns its status and what it told on its error output."""
    result = subprocess.run(
        [ESASH, *arguments], input=text or "", stdout=stdout, stderr=subprocess.PIPE, text=True,
        timeout=LIMIT, env=dict(os.environ, SWIFT_BACKTRACE="enable=no", **variables))
    return result.returncode, result.stderr


def scripts_that_end_early(appliance):
    """A question that met the end of the input is a failure, however the commands came."""
    place = ["--appliance", appliance.directory]
    early = "listenerconfig\nedit\n1\nname\nOther\n"
    file = f"{appliance.folder}/script"
    pathlib.Path(file).write_text(early)
    assert esash("run", *place, file) == (1, "")
    assert esash("run", *place, "-e", "-", text="certconfig\n") == (1, "")
    assert esash("run", *place, "-", text="version\n") == (0, "")
    assert "no pending changes" in run(ESASH, "run", *place, "-c", "showchanges")


def outputs_that_take_nothing(appliance):
    """Whoever keeps the output in a file learns that it is not there."""
    place = ["--appliance", appliance.directory]
    assert esash("ca", "init", *place)[0] == 0
    for command in [["ca", "crl", *place], ["cert", "tree", "Demo", *place], ["lab", "list"],
                    ["peer", "list"], ["lab", "start", "dane"]]:
        with open("/dev/full", "w") as full:
            status, told = esash(*command, stdout=full, ESASH_LABS=f"{appliance.folder}/labs")
        assert status == 2 and told.startswith("esash: ") and "cannot be written" in told, (
            command, status, told)
        assert told.count("\n") == 1, told


def what_is_odd(appliance):
    """What no command foresees is "could not run" all the same."""
    place = f"{appliance.folder}/odd"
    run(ESASH, "appliance", "new", place)
    shutil.rmtree(f"{place}/log")
    pathlib.Path(f"{place}/log").write_text("")
    status, told = esash("run", "--appliance", place, "-c", "whoami")
    assert status == 2 and told.startswith("esash: ") and "Not a directory" in told, (status, told)


def homes(appliance):
    """`~` is the shell's: $HOME."""
    os.environ.pop("ESASH_APPLIANCE", None)
    status, told = esash("cert", "tree", "Demo", HOME=appliance.folder)
    place = f"{appliance.folder}/.local/share/esash/default"
    assert (status, told) == (2, f"esash: {place} holds no appliance.\n"), (status, told)


def resets(appliance):
    """The folder stays when an appliance is thrown away: it may be linked to, or the present one."""
    place, link = f"{appliance.folder}/real", f"{appliance.folder}/link"
    run(ESASH, "appliance", "new", place)
    os.symlink(place, link)
    folder = os.stat(place).st_ino

    def changed(*arguments, **options):
        run(ESASH, "run", "--appliance", place, "-c", "sethostname mx.example.com; commit x")
        run(ESASH, "appliance", "reset", *arguments, **options)
        shown = run(ESASH, "run", "--appliance", place, "-c", "showconfig 1")
        assert "<host_name>mail.example.com</host_name>" in shown, shown
        assert os.stat(place).st_ino == folder

    changed(link)
    assert os.path.islink(link)
    changed(".", cwd=place)

    full = f"{appliance.folder}/full"
    os.mkdir(full)
    pathlib.Path(f"{full}/thesis.txt").write_text("mine")
    status, told = esash("appliance", "new", full)
    assert status == 2 and "is not empty" in told, (status, told)
    assert os.listdir(full) == ["thesis.txt"]


if __name__ == "__main__":
    with Appliance() as appliance:
        scripts_that_end_early(appliance)
        outputs_that_take_nothing(appliance)
        what_is_odd(appliance)
        homes(appliance)
        resets(appliance)

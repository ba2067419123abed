"""Legacy `scp` in both directions, and what it must not reach."""

import filecmp

from remote import *


@case(3, "scp -O", "a file goes up to /configuration/NAME and comes back the same")
def both_ways(appliance):
    source, back = f"{appliance.folder}/a.bin", f"{appliance.folder}/b.bin"
    for size in [0, 1, 65536, 5_000_000]:
        pathlib.Path(source).write_bytes(os.urandom(size))
        assert appliance.scp(source, "HOST:/configuration/a.bin").returncode == 0
        stored = pathlib.Path(f"{appliance.directory}/configuration/a.bin")
        assert stored.read_bytes() == pathlib.Path(source).read_bytes()
        assert stored.stat().st_mode & 0o777 == 0o600
        assert appliance.scp("HOST:/configuration/a.bin", back).returncode == 0
        assert filecmp.cmp(source, back, shallow=False)


@case(3, "scp -O", "the folder alone as target keeps the name; -p and -v change nothing")
def into_the_folder(appliance):
    source = f"{appliance.folder}/name.pem"
    pathlib.Path(source).write_text("x")
    for target in ["HOST:/configuration/", "HOST:/configuration", "HOST:configuration/", "HOST:"]:
        path = pathlib.Path(f"{appliance.directory}/configuration/name.pem")
        path.unlink(missing_ok=True)
        result = appliance.scp(source, target, options=["-p"])
        assert result.returncode == 0 and path.exists(), (target, result)


@case(3, "scp -O", "no path leads out of the folder, no name with symbols is taken")
def paths(appliance):
    source = f"{appliance.folder}/x"
    pathlib.Path(source).write_text("x")
    before = sorted(str(path) for path in pathlib.Path(appliance.directory).rglob("*"))
    for target in [
            "/etc/passwd", "../esash.sqlite", "/configuration/../secret.key", "/configuration/..",
            "/configuration/a/b", "/configuration/.hidden", "/configuration/a;b",
            "/configuration/'a b'", "~/x", "/secret.key/x"]:
        result = appliance.scp(source, f"HOST:{target}")
        assert result.returncode == 1 and result.stderr, (target, result)
        result = appliance.scp(f"HOST:{target}", f"{appliance.folder}/stolen")
        assert result.returncode == 1, (target, result)
        assert not os.path.exists(f"{appliance.folder}/stolen")
    after = sorted(str(path) for path in pathlib.Path(appliance.directory).rglob("*"))
    assert [path for path in after if path not in before and "log" not in path] == []


@case(3, "scp -O", "symbolic links are not followed, folders not copied")
def links(appliance):
    os.symlink(f"{appliance.directory}/secret.key", f"{appliance.directory}/configuration/link")
    assert appliance.scp("HOST:/configuration/link", f"{appliance.folder}/stolen").returncode == 1
    assert appliance.scp("HOST:/configuration", f"{appliance.folder}/", ["-r"]).returncode == 1
    os.mkdir(f"{appliance.folder}/dir")
    assert appliance.scp(f"{appliance.folder}/dir", "HOST:/configuration/", ["-r"]).returncode == 1


@case(3, "scp -O", "a file above 64 MB is refused before it is sent")
def large(appliance):
    source = f"{appliance.folder}/large"
    with open(source, "wb") as file:
        file.truncate((64 << 20) + 1)
    result = appliance.scp(source, "HOST:/configuration/large")
    assert result.returncode == 1 and b"64 MB" in result.stderr, result


@case(3, "scp -O", "a broken-off upload leaves no file")
def broken(appliance):
    host, port = appliance.address
    child = subprocess.Popen(
        ["ssh", *appliance.options(), "-p", str(port), f"admin@{host}",
         "scp -t /configuration/half.pem"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout.read(1) == b"\0"
    child.stdin.write(b"C0644 1000 half.pem\n" + b"x" * 500)
    child.stdin.close()
    assert child.wait(30) == 1
    assert not os.path.exists(f"{appliance.directory}/configuration/half.pem")


@case(3, "scp -O", "read-only operators and guests copy nothing")
def roles(appliance):
    appliance.add_user("guest1", "4")
    public = pathlib.Path(f"{appliance.key}.pub").read_text().strip()
    source = f"{appliance.folder}/g"
    pathlib.Path(source).write_text("x")
    host, port = appliance.address
    child = pexpect.spawn(
        "scp", ["-O", *appliance.options(True), "-P", str(port), source,
                f"guest1@{host}:/configuration/g"], encoding="utf-8", timeout=30)
    child.expect("[Pp]assword:")
    child.sendline(PASSPHRASE)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1, (child.before, public)
    assert not os.path.exists(f"{appliance.directory}/configuration/g")
    appliance.add_user("viewer1", "3")
    pathlib.Path(f"{appliance.directory}/configuration/key.pem").write_text("key")
    child = pexpect.spawn(
        "scp", ["-O", *appliance.options(True), "-P", str(port),
                f"viewer1@{host}:/configuration/key.pem", f"{appliance.folder}/stolen-key"],
        encoding="utf-8", timeout=30)
    child.expect("[Pp]assword:")
    child.sendline(PASSPHRASE)
    child.expect("your role does not allow")
    child.expect(pexpect.EOF)
    assert not os.path.exists(f"{appliance.folder}/stolen-key")


if __name__ == "__main__":
    main()

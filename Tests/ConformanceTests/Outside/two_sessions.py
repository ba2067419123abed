"""Two sessions on PTYs and the engine in a third process: merge, refusal, rules after a merge."""

from appliance import *

with Appliance() as appliance:
    appliance.serve()
    address = appliance.service("smtp", "IncomingMail")
    leaf = make_certificate(appliance.folder, "alpha", "mail.example.com")
    appliance.upload(f"{appliance.folder}/alpha.p12", "alpha.p12")
    one, two = appliance.shell(), appliance.shell()

    # Different objects: both commits stand.
    import_certificate(one, "alpha", "alpha.p12")
    allow_tls(two)
    answer(two, "sethostname two.example.com")
    assert "Changes committed" in answer(one, "commit one")
    assert "Changes committed" in answer(two, "commit two")
    answer(one, "listenerconfig", "edit", "1", "certificate", "alpha", "", "")
    assert "Changes committed" in answer(one, "commit three")
    assert leaf_of(address) == leaf
    assert "two.example.com> " in one.after

    # The same object on both sides: the later commit is refused by name.
    answer(one, "sethostname one.example.com")
    answer(two, "sethostname other.example.com")
    assert "Changes committed" in answer(one, "commit four")
    shown = answer(two, "commit five", until=r"\[N\]> $")
    assert "system" in shown and "Are you ready to discard all of your changes?" in shown, shown
    assert "Changes committed" not in answer(two, "")
    assert "system" in answer(two, "showchanges")
    answer(two, "commit six", until=r"\[N\]> $")
    answer(two, "y")
    assert "There is no data to commit." in answer(two, "commit")

    # One session deletes the certificate that the other assigns.
    answer(one, "listenerconfig", "edit", "1", "certificate", "Demo", until=r"\[N\]> $")
    answer(one, "y", "", "")
    answer(one, "commit seven")
    answer(one, "listenerconfig", "edit", "1", "certificate", "alpha", "", "")
    answer(two, "certconfig", "certificate", "delete", "1", "y", "", "")
    assert "Changes committed" in answer(two, "commit eight")
    shown = answer(one, "commit nine")
    assert "does not exist" in shown and "Changes committed" not in shown, shown
    assert "certificate" in answer(one, "showchanges")

"""Where the system puts a package in: what it is handed was checked a second time."""

import os
import shutil
import subprocess
from datetime import timedelta

import pytest

from ketachart.charting import installing
from ketachart.errors import CannotRead, KetaChartError, LedgerError, Refused
from ketachart.update import installed, installers, starting
from ketachart.update.journal import Change
from tests.helpers.door import NOON
from tests.update import making

DEB = b"!<arch>\nnot a real package"


@pytest.fixture
def package(tmp_path, pinned):  # noqa: ARG001 - it is there
    path = tmp_path / "ketachart_1.0.1_amd64.deb"
    path.write_bytes(DEB)
    return making.made(tmp_path / "stick", payload=path)


@pytest.fixture
def ran(monkeypatch):
    """What the package manager was told, and what lay there then; this is the administrator."""
    commands = []

    def run(command):
        path = command[-1]
        with open(path, "rb") as file:  # noqa: PTH123 - a name out of a command
            commands.append((command, file.read(), os.stat(path).st_mode & 0o777))  # noqa: PTH116
        return 0

    monkeypatch.setattr(installers, "run", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    here = installed.Installed(version="1.0.0", system="linux", machine="x86_64", way="deb")
    monkeypatch.setattr(installing, "this_one", lambda: here)
    return commands


def put_in(path, **how):
    return installing.put_in_as_administrator(path, **{"back": False, "after": 0, **how})


def test_the_administrator_installs_a_copy_that_was_checked_and_fetches_nothing(package, ran):
    assert put_in(package).version == "1.0.1"
    ((command, content, mode),) = ran
    assert command[:4] == ["apt-get", "install", "--yes", "--no-install-recommends"]
    assert "Dir::Etc::sourcelist=/dev/null" in command
    assert "Dir::Etc::sourceparts=/dev/null" in command
    assert (content, mode & 0o044) == (DEB, 0o044)
    assert not command[-1].startswith(str(package.parent))
    assert not os.path.exists(command[-1])  # noqa: PTH110 - it is gone again


def test_as_administrator_too_nothing_is_trusted(package, ran, tmp_path):
    files = making.contents(package)
    making.rezipped(package, {**files, "ketachart_1.0.1_amd64.deb": DEB[:-1] + b"!"})
    with pytest.raises(CannotRead, match="at least one byte"):
        put_in(package)
    foreign = making.made(tmp_path / "x", key=making.FOREIGN)
    with pytest.raises(CannotRead, match="not signed"):
        put_in(foreign)
    with pytest.raises(Refused, match="an older one is not put over"):
        put_in(made_deb(tmp_path, "0.9.0"))
    with pytest.raises(Refused, match="is not older"):
        put_in(made_deb(tmp_path, "1.0.5"), back=True)
    with pytest.raises(Refused, match="installed as this one was"):
        put_in(making.made(tmp_path / "y"))
    assert ran == []
    assert put_in(made_deb(tmp_path, "0.9.0"), back=True).version == "0.9.0"
    assert "--allow-downgrades" in ran[0][0]


def made_deb(tmp_path, version):
    path = tmp_path / f"ketachart_{version}_amd64.deb"
    path.write_bytes(DEB)
    return making.made(tmp_path / version, version, payload=path)


def test_what_the_package_manager_refuses_is_said(package, ran, monkeypatch):
    monkeypatch.setattr(installers, "run", lambda _command: 100)
    with pytest.raises(LedgerError, match="its answer: 100"):
        put_in(package)
    assert ran == []


def test_only_the_administrator_and_only_a_package_is_put_in(package, ran, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(KetaChartError, match="Only the administrator"):
        put_in(package)
    monkeypatch.setattr(installing, "this_one", installed.this_one)
    with pytest.raises(KetaChartError, match="was not installed as a package"):
        put_in(package)
    assert ran == []


def test_it_waits_until_the_window_is_closed(package, ran, monkeypatch):
    child = subprocess.Popen(["sleep", "30"])
    turns = []

    def turn(_seconds):
        turns.append(1)
        if len(turns) == 3:
            child.kill()
            child.wait()

    monkeypatch.setattr(installers.time, "sleep", turn)
    put_in(package, after=child.pid)
    assert (len(turns), len(ran)) == (3, 1)
    monkeypatch.setattr(installers.time, "sleep", lambda _seconds: None)
    with pytest.raises(LedgerError, match="was not closed"):
        put_in(package, after=os.getpid())
    assert len(ran) == 1


def change(way, **more):
    return Change(before="1.0.0", after="1.0.1", at=NOON + timedelta(), way=way, **more)


def test_who_asks_for_the_password_or_what_the_administrator_types(package, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    ready = installing.handed_over(package, change("deb"))
    assert ready.command[:4] == ("/usr/bin/pkexec", "/usr/bin/ketachart", "update", "put-in")
    assert ready.command[4:] == (f"--after={os.getpid()}", str(package))
    back = installing.handed_over(package, change("deb", back=True))
    assert "--back" in back.command
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    ready = installing.handed_over(package, change("deb"))
    assert ready.command == ()
    assert ready.by_hand == f"sudo /usr/bin/ketachart update put-in '{package}'"


def test_the_setup_and_the_disk_image_are_taken_out_and_looked_at_again(tmp_path, pinned):  # noqa: ARG001
    for way, name in (("setup", "ketachart-setup.exe"), ("app", "KetaChart.dmg")):
        payload = tmp_path / name
        payload.write_bytes(b"an installer")
        update = making.made(tmp_path / way, payload=payload)
        ready = installing.handed_over(update, change(way))
        assert ready.command == (str(update.with_name(name)),)
        assert update.with_name(name).read_bytes() == b"an installer"
        files = making.contents(update)
        making.rezipped(update, {**files, name: b"an instaIIer"})
        update.with_name(name).unlink()
        with pytest.raises(CannotRead, match="at least one byte"):
            installing.handed_over(update, change(way))
        assert not update.with_name(name).exists()


def test_what_is_started_is_not_started_with_this_programs_libraries(tmp_path, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/ketachart/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    monkeypatch.setenv("QT_PLUGIN_PATH", "/opt/ketachart/plugins")
    environment = starting.plain_environment()
    assert environment["LD_LIBRARY_PATH"] == "/usr/local/lib"
    assert "QT_PLUGIN_PATH" not in environment
    with pytest.raises(LedgerError, match="could not be started"):
        installers.begin([str(tmp_path / "nothing")])


def test_the_program_that_was_unpacked_first_hands_on_to_what_counts(bare, monkeypatch):
    bare.update()
    called = []
    monkeypatch.setattr(os, "execve", lambda *asked: called.append(asked))
    monkeypatch.setattr(starting.sys, "executable", str(bare.root / "ketachart"))
    for name in ("ketachart", "ketachart-window"):
        monkeypatch.setattr(starting.sys, "argv", [str(bare.root / name), "verify", "x.pdf"])
        starting.hand_on()
        assert called == []  # in a checkout nothing is handed on
        monkeypatch.setattr(starting.sys, "frozen", True, raising=False)
        starting.hand_on()
        ((program, words, environment),) = called
        assert program == bare.root / "versions/1.0.1" / name
        assert words == [str(program), "verify", "x.pdf"]
        monkeypatch.setenv("KETACHART_HANDED_ON", environment["KETACHART_HANDED_ON"])
        called.clear()
        starting.hand_on()  # whoever was handed on to goes on itself
        assert called == []
        monkeypatch.delattr(starting.sys, "frozen")
    assert starting.read_trial(bare.root)["starts"] == 1  # a command is no trial of the window

"""One command makes a computer ready: the locks, the refusals, the list of commands."""

import io
import re
import subprocess
import sys
import tomllib
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev
import dev_setup

PROJECT = tomllib.loads((dev_setup.ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {name: (dev_setup.LOCKS / name).read_text("utf-8") for name in ("run.lock", "dev.lock")}
PIN = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;]+)(?: ; (?P<where>.*?))? \\$", re.MULTILINE
)


def pins(lock):
    """Each package of a lock: its one version, and where it applies (None: everywhere)."""
    return {
        found["name"]: (found["version"], found["where"]) for found in PIN.finditer(LOCKS[lock])
    }


def declared(*groups):
    """What pyproject.toml asks for: its dependencies, and those of the named groups."""
    texts = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        texts += PROJECT["dependency-groups"][group]
    return [Requirement(text) for text in texts]


def asked_for(lock):
    """The packages whose comment says that pyproject.toml itself asks for them."""
    asked, name = set(), ""
    for line in LOCKS[lock].splitlines():
        pin = PIN.match(line)
        name = pin["name"] if pin else name
        if "(pyproject.toml" in line:
            asked.add(name)
    return asked


@pytest.mark.parametrize(("lock", "groups"), [("run.lock", ()), ("dev.lock", ("dev",))])
def test_the_lock_answers_every_wish_of_pyproject_and_no_other(lock, groups):
    wishes = declared(*groups)
    for wish in wishes:
        assert wish.specifier.contains(pins(lock)[canonicalize_name(wish.name)][0]), wish
    assert asked_for(lock) == {canonicalize_name(wish.name) for wish in wishes}


def test_what_is_run_is_what_is_tested():
    tested = pins("dev.lock")
    for name, (version, where) in pins("run.lock").items():
        assert tested[name][0] == version
        assert tested[name][1] in {where, None}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_of_a_lock_escapes_these_tests(lock):
    assert len(pins(lock)) == len(re.findall("^[^ #]", LOCKS[lock], re.MULTILINE)) > 30


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_held_by_hashes(lock):
    text = LOCKS[lock]
    for found in PIN.finditer(text):
        after = text[found.end() :].lstrip("\n")
        assert after.startswith("    --hash=sha256:"), found["name"]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_host_and_no_path_of_a_computer(lock):
    for line in LOCKS[lock].splitlines():
        assert "://" not in line
        assert not line.startswith("-")
        assert not re.search(r"[\s=](/|~|[A-Za-z]:\\)", line), line


def test_every_command_has_one_line_of_help_and_is_listed_where_its_file_is():
    listed = dev.listing()
    for name, function in dev.COMMANDS.items():
        line = f"  {name:<8} {function.__doc__.splitlines()[0]}"
        assert len(line) <= 100
        assert (line in listed) == (dev.ROOT / dev.NEEDS[name]).exists()
    assert {"setup", "test", "check", "lock", "clean"} <= set(
        re.findall(r"^  (\w+)", listed, re.MULTILINE)
    )


def test_a_command_whose_file_is_missing_is_not_offered(monkeypatch):
    monkeypatch.setitem(dev.NEEDS, "clean", "no/such/file.py")
    assert "  clean " not in dev.listing()
    assert dev.main(["clean"]) == 2


def test_dev_alone_lists_the_commands():
    done = subprocess.run(
        [sys.executable, "dev.py"], cwd=dev.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == dev.listing()
    assert not done.stderr


def test_an_unknown_command_is_named_and_the_list_shown():
    said = io.StringIO()
    with redirect_stdout(said):
        assert dev.main(["tset"]) == 2
    assert "'tset'" in said.getvalue()
    assert dev.listing() in said.getvalue()


def test_without_a_display_run_says_what_to_do_instead_before_fetching_anything(
    monkeypatch, capsys
):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(dev_setup, "set_up", lambda _lock: pytest.fail("set up for nothing"))
    assert dev.show("ui", []) == 2
    assert "python3 dev.py demo --out DIR" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("release", "glib"),
    [
        ({"ID": "debian", "VERSION_CODENAME": "bookworm"}, "libglib2.0-0"),
        ({"ID": "ubuntu", "VERSION_CODENAME": "jammy"}, "libglib2.0-0"),
        (
            {"ID": "linuxmint", "VERSION_CODENAME": "virginia", "UBUNTU_CODENAME": "jammy"},
            "libglib2.0-0",
        ),
        ({"ID": "debian", "VERSION_CODENAME": "trixie"}, "libglib2.0-0t64"),
        ({"ID": "ubuntu", "VERSION_CODENAME": "noble"}, "libglib2.0-0t64"),
        ({}, "libglib2.0-0t64"),
    ],
)
def test_glib_is_asked_for_by_the_name_this_release_gives_it(release, glib):
    packages = dev_setup.qt_packages(release)
    assert packages[0] == glib
    assert {"libgl1", "libegl1", "libxcb-cursor0"} <= set(packages)
    assert sum(name.startswith("libglib") for name in packages) == 1


def test_a_missing_test_program_is_asked_for_by_its_package(monkeypatch):
    monkeypatch.setattr(dev_setup.shutil, "which", lambda tool: tool not in {"pdftoppm", "qpdf"})
    assert dev_setup.tool_packages_missing() == ["poppler-utils", "qpdf"]


def test_without_rights_the_one_command_to_type_is_given(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev_setup.shutil, "which", lambda _tool: "apt-get")
    monkeypatch.setattr(dev_setup.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev_setup.Stop) as stop:
        dev_setup.provide(["libgl1", "qpdf"], why="Missing.")
    assert str(stop.value).splitlines()[1] == (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 qpdf"
    )


def test_without_rights_everything_is_asked_for_at_once(monkeypatch):
    asked = []
    monkeypatch.setattr(dev_setup.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(dev_setup, "provide", lambda packages, **_: asked.append(packages))
    for user in (1000, 0):
        monkeypatch.setattr(dev_setup.os, "geteuid", lambda user=user: user, raising=False)
        dev_setup.venv_maker_ready(beside=["qpdf"])
    venv = f"python3.{sys.version_info[1]}-venv"
    assert {venv, "qpdf", "libegl1", "libxcb-cursor0"} <= set(asked[0])
    assert asked[1] == [venv]


@pytest.mark.parametrize(
    ("last", "helps"),
    [
        ("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self-signed')", "export PIP_CERT=FILE"),
        ("NewConnectionError: no route", "the internet could not be reached"),
    ],
)
def test_a_failed_fetch_says_what_most_often_helps(last, helps):
    assert helps in dev_setup.likely(last)


def test_without_apt_nothing_is_run_and_the_packages_are_named(monkeypatch):
    monkeypatch.setattr(dev_setup.shutil, "which", lambda _tool: None)
    monkeypatch.setattr(dev_setup, "outcome", lambda *_, **__: pytest.fail("ran a program"))
    with pytest.raises(dev_setup.Stop, match=r"libgl1 qpdf.*not been tried"):
        dev_setup.provide(["libgl1", "qpdf"], why="Missing.")


def test_a_python_that_is_too_old_is_told_what_to_install():
    text = dev_setup.refusal((3, 9), "linux")
    assert "Python 3.9, too old" in text
    assert "sudo apt-get update && sudo apt-get install -y python3.11 python3.11-venv" in text
    assert "python3.11 dev.py test" in text


def test_a_python_that_is_too_new_is_not_called_old():
    assert "3.15, newer" in dev_setup.refusal((3, 15), "linux")


def test_off_linux_the_refusal_names_no_apt():
    text = dev_setup.refusal((3, 9), "darwin")
    assert "python.org" in text
    assert "apt-get" not in text


def test_the_first_suitable_python_on_the_path_is_found_by_name(monkeypatch):
    monkeypatch.setattr(dev_setup.shutil, "which", lambda name: name != "python3.11")
    monkeypatch.setattr(dev_setup, "suits", lambda name: name != "python3.12")
    assert dev_setup.other_python() == "python3.13"


def test_both_files_can_be_read_by_a_python_too_old_to_run_ketachart():
    import ast

    for file in ("dev.py", "dev_setup.py"):
        ast.parse((dev.ROOT / file).read_text("utf-8"), feature_version=(3, 8))


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A small checkout: two locks, no .venv, and pip and venv played so that nothing is fetched."""
    (tmp_path / "packaging").mkdir()
    for name in ("run.lock", "dev.lock"):
        (tmp_path / "packaging" / name).write_text(name)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(dev_setup, "LOCKS", tmp_path / "packaging")
    monkeypatch.setattr(dev_setup, "VENV", venv)
    monkeypatch.setattr(dev_setup, "MARK", venv / "made-by-dev.txt")
    monkeypatch.setattr(dev_setup, "PYTHON", venv / "bin" / "python")
    done = []

    def make(**_):
        dev_setup.remove(venv)
        (venv / "bin").mkdir(parents=True)
        (venv / "bin" / "python").touch()
        done.append("made")

    monkeypatch.setattr(dev_setup, "make_venv", make)
    monkeypatch.setattr(dev_setup, "venv_works", dev_setup.PYTHON.exists)
    monkeypatch.setattr(dev_setup, "install", lambda lock: done.append(lock.name) or "")
    return done


def test_set_up_makes_what_is_missing_once_and_then_is_quiet(workshop):
    dev_setup.set_up("dev.lock")
    dev_setup.set_up("dev.lock")
    dev_setup.set_up("run.lock")
    assert workshop == ["made", "dev.lock"]


def test_tests_add_to_what_running_needed(workshop):
    dev_setup.set_up("run.lock")
    dev_setup.set_up("dev.lock")
    assert workshop == ["made", "run.lock", "dev.lock"]


def test_a_changed_lock_is_installed_over_the_old(workshop):
    dev_setup.set_up("dev.lock")
    (dev_setup.LOCKS / "dev.lock").write_text("newer")
    dev_setup.set_up("dev.lock")
    assert workshop == ["made", "dev.lock", "dev.lock"]


def test_an_interrupted_set_up_is_made_afresh(workshop, monkeypatch):
    def ctrl_c(_lock):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dev_setup, "install", ctrl_c)
        with pytest.raises(KeyboardInterrupt):
            dev_setup.set_up("dev.lock")
    dev_setup.set_up("dev.lock")
    assert workshop == ["made", "made", "dev.lock"]


def test_a_failed_install_is_told_and_a_working_venv_is_kept(workshop, monkeypatch):
    dev_setup.set_up("run.lock")
    with monkeypatch.context() as patch:
        patch.setattr(dev_setup, "install", lambda _lock: "no route to the index")
        with pytest.raises(dev_setup.Stop, match="no route to the index"):
            dev_setup.set_up("dev.lock")
    dev_setup.set_up("run.lock")
    assert workshop == ["made", "run.lock"]


def test_a_venv_made_by_hand_is_kept_and_brought_up_to_date(workshop):
    dev_setup.PYTHON.parent.mkdir(parents=True)
    dev_setup.PYTHON.touch()
    dev_setup.set_up("dev.lock")
    assert workshop == ["dev.lock"]


def test_the_table_tells_passed_from_failed():
    table = dev.table_of([("lint", 0, 0.41), ("fast tests", 5, 12.0)]).splitlines()
    assert table[0].split() == ["lint", "passed", "0.4", "s"]
    assert table[1].split() == ["fast", "tests", "FAILED", "(5)", "12.0", "s"]


def test_packaging_is_never_a_package():
    # an __init__.py there would hide the library of the same name, which pytest needs
    assert not Path(dev.ROOT, "packaging", "__init__.py").exists()

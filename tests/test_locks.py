"""Each locked package installs on every system and Python, and what is known of it is found."""

import json
import sys
import zipfile

import pytest
from packaging.utils import canonicalize_name

import dev
import dev_locks


@pytest.fixture(scope="module")
def tools():
    sys.path.insert(0, str(dev.ROOT / "packaging"))
    import audit
    import wheels

    yield wheels, audit
    sys.path.remove(str(dev.ROOT / "packaging"))


@pytest.fixture(scope="module")
def wheels(tools):
    return tools[0]


@pytest.fixture(scope="module")
def audit(tools):
    return tools[1]


@pytest.fixture(scope="module")
def pins(wheels):
    return wheels.pins_of((wheels.FOLDER / "dev.lock").read_text("utf-8"))


def test_every_package_has_a_wheel_for_each_system_and_python(wheels, pins):
    assert {system.sys_platform for system in wheels.SYSTEMS} == {"linux", "win32", "darwin"}
    assert {(3, 11), (3, 12), (3, 13)} <= set(wheels.PYTHONS)
    assert not list(wheels.missing(pins, wheels.kept()))


def test_a_wheel_that_is_missing_is_named_with_its_system_and_python(wheels, pins):
    without = [pair for pair in wheels.kept() if "sqlcipher3-0.6.4-cp312-cp312-win" not in pair[1]]
    assert list(wheels.missing(pins, without)) == [
        "sqlcipher3 0.6.4 has no wheel for Windows, x86-64, Python 3.12"
    ]


def test_a_wheel_whose_hash_the_lock_lacks_does_not_count(wheels, pins):
    wakepy = next(pin for pin in pins if pin.name == "wakepy")
    file = next(file for _, file in wheels.kept() if file.startswith("wakepy-"))
    tags = wheels.SYSTEMS[0].tags((3, 11))
    assert wheels.serving(wakepy, [(min(wakepy.hashes), file)], tags) == file
    assert wheels.serving(wakepy, [("0" * 64, file)], tags) is None


def test_a_package_for_one_system_alone_is_asked_for_there_alone(wheels, pins):
    where = {pin.name: pin.where for pin in pins}
    linux, _arm, windows, mac = wheels.SYSTEMS
    assert [s.needs(where["jeepney"], (3, 11)) for s in (linux, windows, mac)] == [
        True,
        False,
        False,
    ]
    assert [s.needs(where["colorama"], (3, 11)) for s in (linux, windows)] == [False, True]
    assert [linux.needs(where["typing-extensions"], (3, minor)) for minor in (12, 13)]


def test_no_file_of_the_locks_names_a_host(wheels):
    for name in (*dev_locks.ASKED, "fuzz.lock", "wheels.txt"):
        text = (wheels.FOLDER / name).read_text("utf-8")
        assert "://" not in text, name
        assert "--index" not in text, name


def test_each_lock_that_dev_py_writes_is_there_and_held_to_what_is_tested(wheels):
    tested = {
        pin.name: pin.version for pin in wheels.pins_of((wheels.FOLDER / "dev.lock").read_text())
    }
    for name in dev_locks.ASKED:
        of_lock = wheels.pins_of((wheels.FOLDER / name).read_text("utf-8"))
        assert of_lock, name
        assert all(tested.get(pin.name, pin.version) == pin.version for pin in of_lock), name


def advisory(**affected):
    of = {"package": {"ecosystem": "PyPI", "name": "Fire_Lock"}, **affected}
    return {"id": "PYSEC-1", "summary": "burns", "aliases": ["CVE-1"], "affected": [of]}


def ranges(*events):
    return {"ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}


@pytest.mark.parametrize(
    ("affected", "version", "touched"),
    [
        ({"versions": ["2.0"]}, "2.0", True),
        ({"versions": ["2.0"]}, "2.1", False),
        (ranges({"introduced": "1.0"}, {"fixed": "2.0"}), "0.9", False),
        (ranges({"introduced": "1.0"}, {"fixed": "2.0"}), "1.0", True),
        (ranges({"introduced": "1.0"}, {"fixed": "2.0"}), "1.99", True),
        (ranges({"introduced": "1.0"}, {"fixed": "2.0"}), "2.0", False),
        (ranges({"introduced": "0"}, {"last_affected": "2.0"}), "2.0", True),
        (ranges({"introduced": "0"}, {"last_affected": "2.0"}), "2.1", False),
        (ranges({"introduced": "0"}), "9", True),
        (ranges({"introduced": "0"}, {"fixed": "1"}, {"introduced": "3"}), "2", False),
        (ranges({"introduced": "0"}, {"fixed": "1"}, {"introduced": "3"}), "3.1", True),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, "2", False),
        ({}, "2", False),
    ],
)
def test_a_version_is_held_against_what_an_advisory_names(audit, affected, version, touched):
    assert audit.touches(affected, version) is touched


def test_saved_advisories_are_read_from_a_file_a_folder_or_a_zip(
    audit, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(audit, "pinned", lambda: {canonicalize_name("fire-lock"): {"1.5"}})
    told = advisory(**ranges({"introduced": "1.0"}, {"fixed": "2.0"}))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.json").write_text(json.dumps(told))
    (tmp_path / "file.json").write_text(
        json.dumps([told, {**told, "id": "PYSEC-2", "withdrawn": "2026-01-01"}])
    )
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("PYSEC-1.json", json.dumps(told))
    for name in ("folder", "file.json", "all.zip"):
        assert audit.main(["--from", str(tmp_path / name)]) == 1
        said = capsys.readouterr().out
        assert said.count("fire-lock 1.5: PYSEC-1 burns (CVE-1); mended in 2.0") == 1
        assert "PYSEC-2" not in said
    (tmp_path / "file.json").write_text("[]")
    assert audit.main(["--from", str(tmp_path / "file.json")]) == 0


def test_what_was_not_looked_up_is_no_all_clear(audit):
    well = {"name": "one", "version": "1", "vulns": []}
    bad = {"name": "two", "version": "2", "vulns": [{"id": "X", "fix_versions": ["3"]}]}
    skipped = {"name": "three", "skip_reason": "not found"}
    answers = {
        (): 2, ("well",): 0, ("well", "skipped"): 2, ("well", "bad"): 1, ("bad", "skipped"): 1,
    }  # fmt: skip
    every = {"well": well, "bad": bad, "skipped": skipped}
    for names, code in answers.items():
        answer = audit.answer_of({"dependencies": [every[name] for name in names]}, "there")
        assert answer.code() == code, names
        assert ("no all-clear" in answer.text()) == (code == 2)
        assert ("three" in answer.text()) == ("skipped" in names)
    every_one = audit.answer_of({"dependencies": [skipped]}, "there").text()
    assert every_one.startswith("0 of 1 locked versions were looked up there.")


def test_a_service_that_cannot_be_reached_is_said_and_is_no_success(audit, monkeypatch, capsys):
    monkeypatch.setattr(audit, "from_service", lambda _service: "no route to the service")
    assert audit.main([]) == 2
    said = capsys.readouterr().out
    assert "nothing was looked up" in said
    assert "audit --from FILE" in said

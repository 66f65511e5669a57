"""An update file is believed only if its makers signed it and every byte is as they signed it."""

import json
import warnings
import zipfile

import pytest

from ketachart.errors import CannotRead
from ketachart.update import box as outside
from ketachart.update import keys as release_keys
from ketachart.update import reading, shapes
from tests.update import making


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return making.made(tmp_path_factory.mktemp("good")).read_bytes()


@pytest.fixture
def file(good, tmp_path):
    path = tmp_path / "KetaChart-1.0.1-linux-x86_64.ketachart-update"
    path.write_bytes(good)
    return path


def test_what_the_release_made_is_read_whole_and_says_what_it_is(file):
    steps = []
    told = reading.require_whole(file, making.KEYS, lambda done, total: steps.append((done, total)))
    assert (told.version, told.system, told.machine, told.ledger) == ("1.0.1", "linux", "x86_64", 2)
    assert (told.built_at, told.notes_es) == (making.BUILT, "Lo nuevo.")
    (payload,) = told.payloads
    assert payload.kind == "archive"
    assert steps[-1] == (payload.size, payload.size)
    assert told.payload("deb") is None


def test_the_same_release_makes_the_same_bytes(good, tmp_path):
    again = making.made(tmp_path / "again", payload=None)
    with zipfile.ZipFile(again) as box:
        names = box.namelist()
    assert names[:2] == ["manifest.json", "manifest.sig"]
    payload = next((tmp_path / "again").glob("*.tar.gz"))
    twice = making.made(tmp_path / "twice", payload=payload)
    assert twice.read_bytes() == again.read_bytes()
    assert len(good) == len(twice.read_bytes())


def test_a_renamed_file_is_what_it_says_inside(file):
    other = file.rename(file.with_name("holiday.jpg"))
    assert reading.read_list(other, making.KEYS).version == "1.0.1"


@pytest.mark.parametrize(
    ("key", "keys", "why"),
    [
        (making.PRESENT, making.KEYS, ""),
        (making.NEXT, making.KEYS, ""),
        (making.FOREIGN, making.KEYS, reading.NOT_SIGNED),
        (making.PRESENT, (making.pinned(making.NEXT),), reading.NOT_SIGNED),
        (making.PRESENT, (), reading.NO_KEYS),
    ],
)
def test_only_a_key_that_is_pinned_is_believed(tmp_path, key, keys, why):
    path = making.made(tmp_path / "made", key=key)
    if not why:
        assert reading.read_list(path, keys).key == making.pinned(key).mark
        return
    with pytest.raises(CannotRead) as refused:
        reading.read_list(path, keys)
    assert str(refused.value) == why


def altered(content, **changes):
    return json.dumps({**json.loads(content), **changes}, sort_keys=True, indent=1).encode()


def _other_list(files):
    return {**files, "manifest.json": altered(files["manifest.json"], version="9.9.9")}


def _other_payload(files):
    name = next(name for name in files if name.endswith(".tar.gz"))
    return {**files, name: files[name][:-1] + b"X"}


def _short_payload(files):
    name = next(name for name in files if name.endswith(".tar.gz"))
    return {**files, name: files[name][:-1]}


def _one_more(files):
    return {**files, "run-me.sh": b"#!/bin/sh"}


def _one_less(files):
    return {name: content for name, content in files.items() if not name.endswith(".gz")}


def _no_signature(files):
    return {name: content for name, content in files.items() if name != "manifest.sig"}


def _long_signature(files):
    return {**files, "manifest.sig": bytes(65)}


def _empty_signature(files):
    return {**files, "manifest.sig": b""}


def _way_out(files):
    return {**files, "../../.bashrc": b"x"}


def _backwards(files):
    return {**files, "a\\b": b"x"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_other_list, reading.NOT_SIGNED),
        (_other_payload, reading.NOT_WHOLE),
        (_short_payload, reading.NOT_WHOLE),
        (_one_more, outside.STRANGE),
        (_one_less, outside.STRANGE),
        (_no_signature, outside.NO_UPDATE),
        (_long_signature, outside.STRANGE),
        (_empty_signature, reading.NOT_SIGNED),
        (_way_out, outside.STRANGE),
        (_backwards, outside.STRANGE),
    ],
)
def test_what_was_changed_is_refused_and_says_what_is_wrong(file, change, why):
    making.rezipped(file, change(making.contents(file)))
    with pytest.raises(CannotRead) as refused:
        reading.require_whole(file, making.KEYS)
    assert str(refused.value) == why


def test_a_name_that_comes_twice_or_is_packed_is_refused(file):
    files = making.contents(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that comes twice is meant here
        making.rezipped(file, [*files.items(), ("manifest.json", b"{}")])
    with pytest.raises(CannotRead) as twice:
        reading.read_list(file, making.KEYS)
    making.rezipped(file, {**files, "zeros": bytes(5_000_000)}, zipfile.ZIP_DEFLATED)
    assert file.stat().st_size < 100_000  # a small file that would become a large one
    with pytest.raises(CannotRead) as bomb:
        reading.read_list(file, making.KEYS)
    making.rezipped(file, files, zipfile.ZIP_DEFLATED)  # all as it was signed, but packed
    with pytest.raises(CannotRead) as packed:
        reading.read_list(file, making.KEYS)
    assert str(twice.value) == str(bomb.value) == str(packed.value) == outside.STRANGE


def test_a_file_cut_anywhere_is_no_update(good, tmp_path):
    path = tmp_path / "cut"
    for length in (0, 3, 4, 21, 100, len(good) // 2, len(good) - 22, len(good) - 1):
        path.write_bytes(good[:length])
        with pytest.raises(CannotRead, match="Nothing was changed"):
            reading.require_whole(path, making.KEYS)
    path.write_bytes(good + b"and more")
    with pytest.raises(CannotRead):
        reading.read_list(path, making.KEYS)


def test_one_flipped_bit_anywhere_is_found(good, tmp_path):
    """In the names of the zip, its records, the list, the signature, the payload."""
    path = tmp_path / "flipped"
    told = reading.require_whole(_written(path, good), making.KEYS).as_bytes()
    for place in range(0, len(good), 37):
        changed = bytearray(good)
        changed[place] ^= 1
        try:
            again = reading.require_whole(_written(path, bytes(changed)), making.KEYS)
        except CannotRead:
            continue
        assert again.as_bytes() == told  # a date or a mark of the zip that nobody reads


def _written(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", outside.EMPTY),
        (b"%PDF-1.7 a report", outside.NO_UPDATE),
        (b"KETAPACK1\n", outside.NO_UPDATE),
        (b"!<arch>\ndebian-binary", outside.NO_UPDATE),
        (b"PK\x03\x04", outside.CUT),
    ],
)
def test_another_file_under_that_name_is_told_from_an_update(file, content, why):
    with pytest.raises(CannotRead) as refused:
        reading.read_list(_written(file, content), making.KEYS)
    assert str(refused.value) == why


def test_a_list_of_names_that_is_too_long_is_not_read(file):
    making.rezipped(file, {f"n{place}": b"" for place in range(outside.MOST_NAMES + 1)})
    with pytest.raises(CannotRead) as refused:
        reading.read_list(file, making.KEYS)
    assert str(refused.value) == outside.STRANGE


def test_a_stick_that_is_gone_is_said(tmp_path):
    for path, why in ((tmp_path / "nothing", outside.MISSING), (tmp_path, outside.GONE)):
        with pytest.raises(CannotRead) as refused:
            reading.read_list(path, making.KEYS)
        assert str(refused.value) == why


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "1.0"}, {"version": 1}, {"since": "latest"}, {"system": "amiga"},
        {"machine": "z80"}, {"ledger": 0}, {"ledger": True}, {"ledger": 10_001}, {"commit": "; rm"},
        {"built_at": "2026-11-20T12:00:00"}, {"key": "x"}, {"notes": "new"}, {"payloads": []},
        {"payloads": [{"name": "../x.deb", "kind": "deb", "size": 1, "sha256": "0" * 64}]},
        {"payloads": [{"name": "x.deb", "kind": "deb", "size": -1, "sha256": "0" * 64}]},
        {"payloads": [{"name": "x.deb", "kind": "script", "size": 1, "sha256": "0" * 64}]},
        {"payloads": 2 * [{"name": "x.deb", "kind": "deb", "size": 1, "sha256": "0" * 64}]},
        {"payloads": None}, {"notes": {"en": "only"}}, {"format": "ketachart-update-2"},
    ],
)  # fmt: skip
def test_a_signed_list_that_is_not_as_it_is_written_is_refused(file, changes):
    """Even the makers' own mistake changes nothing here."""
    content = altered(making.contents(file)["manifest.json"], **changes)
    files = {"manifest.json": content, "manifest.sig": making.PRESENT.sign(content)}
    with pytest.raises(CannotRead):
        reading.read_list(making.rezipped(file, files), making.KEYS)


def test_a_list_under_the_mark_of_another_key_is_refused(file):
    content = altered(making.contents(file)["manifest.json"], key=making.pinned(making.NEXT).mark)
    files = {**making.contents(file), "manifest.json": content}
    files["manifest.sig"] = making.PRESENT.sign(content)
    with pytest.raises(CannotRead):
        reading.read_list(making.rezipped(file, files), making.KEYS)


def test_what_is_no_update_is_not_even_made(tmp_path):
    for wrong in ({"version": "1"}, {"system": "amiga"}, {"ledger": 0}):
        with pytest.raises(CannotRead):
            making.made(tmp_path / "made", **{"payload": making.archive(tmp_path), **wrong})
    with pytest.raises(ValueError, match="no payload"):
        making.made(tmp_path / "made", payload=_written(tmp_path / "notes.txt", b"x"))


def test_the_keys_are_those_of_the_build_and_a_checkout_has_none(tmp_path):
    assert release_keys.pinned() == ()
    publics = [key.public for key in making.KEYS]
    file = tmp_path / "release_keys.toml"
    file.write_text(making.update_file.pinned_text(*publics), "utf-8")
    assert release_keys.read(file) == making.KEYS
    assert release_keys.read(tmp_path / "none") == ()
    file.write_text('[[key]]\npublic = "12"\nstate = "present"\n', "utf-8")
    with pytest.raises(ValueError, match="no release key"):
        release_keys.read(file)


def test_a_release_key_is_made_once_and_lies_encrypted(tmp_path, monkeypatch):
    file = tmp_path / "release.pem"
    public = making.update_file.new_key(file, b"a passphrase for a test")
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    monkeypatch.setenv(making.update_file.PASSPHRASE, "a passphrase for a test")
    assert making.update_file.public_of(making.update_file.private_key(file)) == public
    with pytest.raises(FileExistsError):
        making.update_file.new_key(file, b"another")


@pytest.mark.parametrize(
    ("text", "version"),
    [("1.0.1", (1, 0, 1)), ("10.20.30", (10, 20, 30)), ("1.0", None), ("1.0.1 ", None),
     ("1.0.1rc1", None), ("v1.0.1", None), ("-1.0.1", None), ("1.0.99999", None)],
)  # fmt: skip
def test_a_version_is_three_numbers(text, version):
    if version is not None:
        assert shapes.version_of(text) == version
        return
    with pytest.raises(ValueError, match="no version"):
        shapes.version_of(text)


def test_a_release_pins_the_keys_that_it_was_given_and_else_none(tmp_path, monkeypatch):
    tool, shipped = making.update_file, tmp_path / "resources"
    shipped.mkdir()
    monkeypatch.delenv(tool.KEYS, raising=False)
    assert "takes no updates" in tool.pin(shipped)
    assert release_keys.read(shipped / release_keys.FILE) == ()
    given = tmp_path / "keys.toml"
    monkeypatch.setenv(tool.KEYS, str(given))
    with pytest.raises(ValueError, match="holds no release key"):
        tool.pin(shipped)
    given.write_text(tool.pinned_text(*(key.public for key in making.KEYS)), "utf-8")
    assert "(present)" in tool.pin(shipped)
    assert release_keys.read(shipped / release_keys.FILE) == making.KEYS

"""Half-typed forms on the disk: read by nobody else, whole or not at all, never in the way."""

import errno
import stat
from dataclasses import replace

import pytest

from ketachart.errors import DiskFull, LedgerDamaged
from ketachart.storage import drafts
from ketachart.storage import folder as place
from ketachart.storage.drafts import FormDraft
from tests.storage.making import START, practice_keyring

TYPED = {"fields": {"Systolic": "128", "What was done": ["calm", "air"]}, "focus": "Systolic"}


def form_draft(key="visit-1/vitals/a-1", **values):
    told = {
        "stream": "visit-1",
        "form": "vitals",
        "title": "Vitals",
        "saved_at": START,
        "act": "a-1",
        "content": TYPED,
        "staff_id": "n-1",
    }
    return FormDraft(key=key, **{**told, **values})


@pytest.fixture(scope="module")
def unwrapped():
    _ring, opened = practice_keyring()
    return opened


def test_what_was_kept_comes_back_and_no_word_of_it_can_be_read(tmp_path, unwrapped):
    kept = (
        form_draft(),
        form_draft("two", title="Note", content={"fields": {"Note": "Zoë sleeps \ud83d"}}),
    )
    drafts.write(tmp_path, unwrapped, kept)
    assert drafts.read(tmp_path, unwrapped) == kept
    path = drafts.drafts_file(tmp_path)
    content = path.read_bytes()
    for word in (b"128", b"Zo", b"Vitals", b"visit-1", b"n-1", unwrapped.dek):
        assert word not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    drafts.write(tmp_path, unwrapped, kept)
    assert path.read_bytes() != content  # never the same nonce twice


def test_with_nothing_typed_there_is_no_file(tmp_path, unwrapped):
    assert drafts.read(tmp_path, unwrapped) == ()
    drafts.write(tmp_path, unwrapped, ())
    drafts.write(tmp_path, unwrapped, (form_draft(),))
    drafts.write(tmp_path, unwrapped, ())
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("at", [0, 7, 8, 19, 20, 60, -16, -1])
def test_a_changed_byte_anywhere_is_noticed(tmp_path, unwrapped, at):
    drafts.write(tmp_path, unwrapped, (form_draft(),))
    path = drafts.drafts_file(tmp_path)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(LedgerDamaged):
        drafts.read(tmp_path, unwrapped)


@pytest.mark.parametrize("content", [b"", b"KCDRAFT1", b"KCDRAFT1" + bytes(12), b"\0" * 400])
def test_a_cut_or_foreign_file_is_noticed_and_kept_aside(tmp_path, unwrapped, content):
    path = drafts.drafts_file(tmp_path)
    path.write_bytes(content)
    with pytest.raises(LedgerDamaged):
        drafts.read(tmp_path, unwrapped)
    aside = drafts.put_aside(tmp_path, START)
    assert (aside.name, aside.read_bytes()) == ("drafts-unread-20260302-090000.bin", content)
    assert drafts.read(tmp_path, unwrapped) == ()


@pytest.mark.parametrize("other", ["ledger_id", "dek", "salt"])
def test_another_ledger_cannot_open_it(tmp_path, unwrapped, other):
    drafts.write(tmp_path, unwrapped, (form_draft(),))
    value = "ledger-2" if other == "ledger_id" else bytes(len(getattr(unwrapped, other)))
    with pytest.raises(LedgerDamaged):
        drafts.read(tmp_path, replace(unwrapped, **{other: value}))


def test_a_full_disk_leaves_the_drafts_of_before(tmp_path, unwrapped, monkeypatch):
    drafts.write(tmp_path, unwrapped, (form_draft(),))

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr(place.os, "fsync", full)
        with pytest.raises(DiskFull):
            drafts.write(tmp_path, unwrapped, (form_draft(act="a-2"),))
    assert drafts.read(tmp_path, unwrapped) == (form_draft(),)
    assert len([*tmp_path.iterdir()]) == 1

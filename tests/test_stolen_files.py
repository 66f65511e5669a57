"""Whoever takes the files and has no passphrase finds no word of a patient in any of them."""

import json
import zlib
from collections import Counter
from math import log2

import pytest

from tests.helpers.left_files import (
    NOTE,
    OF_A_PASSPHRASE,
    PLAIN,
    SEALED,
    STAFF,
    WORDS,
    files_of,
    holding,
    is_one_of,
    needles,
    of_kind,
    play,
)

PAGE = 4096
LARGE = 100_000  # bytes: with fewer the entropy of chance alone is below 7.99
UNEVEN = 430  # chi-square, 255 degrees: chance comes above it once in ten thousand million pages

MARKS = (b"%PDF-", b"SQLite format 3", b"CERTIFICATE", b'"kind":')
"""What stands in files that are not sealed; none of them comes by chance."""


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    return play(tmp_path_factory.mktemp("stolen") / "left")


def test_every_file_that_is_left_was_thought_of(left):
    kinds = (*SEALED, *OF_A_PASSPHRASE, *PLAIN)
    assert [path.name for path in files_of(left) if not is_one_of(kinds, path)] == []
    assert [kind for kind in kinds if not of_kind(left, [kind])] == []


def test_no_word_of_a_patient_is_in_any_of_them_in_any_code(left, tmp_path):
    assert holding(files_of(left), needles(WORDS)) == set()
    # the control: each way of writing it is found
    for number, needle in enumerate(needles(["Quillfeather"])):
        (tmp_path / f"{number}").write_bytes(b"\x00" + needle + b"\x00")
    assert len({name for name, _ in holding(files_of(tmp_path), needles(["Quillfeather"]))}) > 20


def blocks(path):
    """What is sealed of a file, in blocks; what stands before it in the open is left out."""
    content = path.read_bytes()
    if path.name.endswith("-wal"):  # sqlite.org/fileformat2.html, 4.1: 32 bytes, then frames
        frames = range(32, len(content) - PAGE, PAGE + 24)
        return [content[at + 24 : at + 24 + PAGE] for at in frames]
    start = {".keta": 2, ".bin": 0}.get(path.suffix, 0)
    for _line in range(start):  # a package's two lines: whose key closed it, whose key opens it
        content = content.partition(b"\n")[2]
    if path.name == "drafts.bin":
        content = content.removeprefix(b"KCDRAFT1")
    return [content[at : at + PAGE] for at in range(0, len(content), PAGE)]


def unevenness(block):
    """Chi-square of the bytes against all being as frequent: about 255 for chance."""
    expected = len(block) / 256
    counts = Counter(block)
    return sum((counts[value] - expected) ** 2 for value in range(256)) / expected


def entropy(content):
    """Bits in each byte; 8 is chance."""
    parts = [count / len(content) for count in Counter(content).values()]
    return -sum(part * log2(part) for part in parts)


def test_what_is_sealed_looks_like_chance_page_by_page(left):
    large = 0
    for path in of_kind(left, SEALED):
        parts = blocks(path)
        whole = b"".join(parts)
        assert len(whole) > 1000, path
        assert [at for at, b in enumerate(parts) if len(b) > 1000 and unevenness(b) > UNEVEN] == []
        assert len(zlib.compress(whole)) >= len(whole), path
        assert [mark for mark in MARKS if mark in whole] == [], path
        assert not whole.startswith(b"PK"), path
        if len(whole) > LARGE:
            large += 1
            assert entropy(whole) > 7.99, path
    assert large >= 4  # two ledgers, a backup, a report in its package


def test_what_is_only_written_or_packed_is_told_from_it(left):
    page = blocks(left / "disk/laptop/ledger.db")[1]
    assert unevenness(page) < UNEVEN < unevenness(page[:3584] + bytes(512))
    assert unevenness(json.dumps({"note": NOTE, "n": list(range(900))}).encode()) > 1000
    assert entropy(left.joinpath("mail/clinic-trust.pem").read_bytes()) < 7


def test_what_may_be_read_names_the_staff_in_the_keyring_and_nowhere_else(left):
    found = holding(files_of(left), needles(STAFF))
    by_kind = {}
    for name, who in found:
        by_kind.setdefault(name.rpartition(".")[2], set()).add(who)
    # of a clinic's staff its card, which travels, tells the supervisor only
    assert by_kind == {"json": set(STAFF), "bak": set(STAFF), "ketacard": {"Sue Perry"}}
    assert {name for name, _who in found if name.endswith("json")} == {"keyring.json"}


def test_the_preferences_name_nobody_but_who_unlocked_last(left):
    kept = json.loads((left / "disk/laptop/preferences.json").read_text())
    look = {"theme", "follow_system", "scale", "language", "touch_keys"}
    assert set(kept) == {*look, "last_staff", "veil_after", "lock_after"}
    assert kept["last_staff"] == "ja"

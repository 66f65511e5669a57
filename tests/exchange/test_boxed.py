"""What comes in was made by anybody: names, sizes and counts are believed of no zip."""

import io
import warnings
import zipfile

import pytest

from ketachart.errors import CannotRead
from ketachart.exchange import boxed as b


def zipped(*files, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", how) as box:
        warnings.simplefilter("ignore")  # a name that comes twice is meant here
        for name, content in files:
            box.writestr(name, content)
    return out.getvalue()


def test_what_was_boxed_comes_out_and_the_same_files_make_the_same_bytes():
    files = {"manifest.json": b"{}", "item-0001": b"\0" * 5000, "empty": b""}
    assert b.unboxed(b.boxed(files)) == files
    assert b.boxed(files) == b.boxed(dict(files))


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "a/b", "a\\b", "C:x", "", ".hidden", "Ä", "x" * 121, "a b", "NUL\0"],
)
def test_a_name_that_is_a_path_or_none_is_refused(name):
    with pytest.raises(CannotRead):
        b.unboxed(zipped((name or "./", b"x")))
    with pytest.raises(ValueError, match="no name"):
        b.boxed({name: b""})


def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(CannotRead, match="names a file"):
        b.unboxed(zipped(("item-0001", b"one"), ("item-0001", b"two")))


@pytest.mark.parametrize(
    ("limit", "allowed", "files"),
    [
        ("LONGEST_FILE", 4000, (("item-0001", bytes(4000)),)),
        ("LONGEST_LIST", 4000, (("manifest.json", bytes(4000)),)),
        ("LONGEST_IN_ALL", 4000, (("a", bytes(2000)), ("b", bytes(2000)))),
        ("MOST_FILES", 2, (("a", b""), ("b", b""))),
    ],
)
def test_a_bomb_is_counted_while_it_is_unpacked(monkeypatch, limit, allowed, files):
    monkeypatch.setattr(b, limit, allowed)
    assert len(b.unboxed(zipped(*files))) == len(files)
    monkeypatch.setattr(b, limit, allowed - 1)
    with pytest.raises(CannotRead, match="more than any package"):
        b.unboxed(zipped(*files))


def test_the_size_that_a_zip_claims_is_not_believed(monkeypatch):
    monkeypatch.setattr(b, "LONGEST_FILE", 1000)
    content = bytearray(zipped(("item-0001", bytes(50_000))))
    where = content.rindex(b"PK\x01\x02")
    content[where + 24 : where + 28] = (10).to_bytes(4, "little")
    with pytest.raises(CannotRead):
        b.unboxed(bytes(content))


CUT_SHORT = zipped(("a", b"x" * 90))[:-30]


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", CUT_SHORT])
def test_what_is_no_zip_is_refused(content):
    with pytest.raises(CannotRead, match="damaged"):
        b.unboxed(content)


def test_a_package_longer_than_any_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(b, "LONGEST_PACKAGE", 10)
    with pytest.raises(CannotRead, match="more than any"):
        b.unboxed(zipped(("a", b"x")))

"""A damaged ledger is opened to be read: each damaged page costs only what stands on it."""

import shutil
from dataclasses import dataclass

import pytest

from ketachart.errors import DiskFull, FolderReadOnly, LedgerDamaged, LedgerReadOnly
from ketachart.storage import folder as place
from ketachart.storage import known_head, opening, reader, schema, unfolded
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Draft, Head
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_database, open_to_read, unguarded
from tests.storage.making import draft, new_ledger, paper, shelved

PAGE = 4096
VISITS = ("visit-a", "visit-b", "visit-c")
ENTRIES = 12
LONG = canonical({"said": "x" * 3000})


@dataclass(frozen=True)
class Made:
    """A small ledger, closed: three visits, each on pages of its own, one of them signed."""

    folder: object
    unwrapped: Unwrapped
    whole: bytes

    def roots(self):
        """On which page each table and index begins."""
        with open_to_read(place.ledger_file(self.folder), self.unwrapped.key_hex96).conn as opened:
            sql = "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0"
            return dict(opened.execute(sql).fetchall())


def long_draft(number, stream) -> Draft:
    plain = draft(number, stream)
    told = {name: getattr(plain, name) for name in Draft.__dataclass_fields__}
    return Draft(**{**told, "body": LONG})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "clinic"
    with new_ledger(folder) as ledger:
        for visit in VISITS:
            for number in range(ENTRIES):
                ledger.append(
                    [long_draft(number, visit)],
                    shelved=shelved(visit, label=f"Zoë {visit}", status="signed"),
                )
        ledger.append([draft("end", "visit-c", kind="visit-signed")], documents=[paper()])
        unwrapped = ledger.unwrapped
    return Made(folder, unwrapped, place.ledger_file(folder).read_bytes())


@pytest.fixture
def folder(made, tmp_path):
    copy = tmp_path / "clinic"
    shutil.copytree(made.folder, copy)
    return copy


def damaged(folder, page, *, how="flip"):
    path = place.ledger_file(folder)
    content = bytearray(path.read_bytes())
    start = (page - 1) * PAGE
    if how == "flip":
        content[start + 2000] ^= 4
    else:
        content[start : start + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    return bytes(content)


def unreadable(ledger):
    """The visits that cannot be shown; each says so in its own words."""
    lost = []
    for visit in VISITS:
        try:
            assert len(ledger.stream(visit)) >= ENTRIES
        except LedgerDamaged as error:
            assert "Other visits are not touched" in str(error)  # noqa: PT017 - some may raise
            lost.append(visit)
    return lost


def listed(ledger):
    return [line.stream for line in ledger.shelf(search="zoe")]


def test_each_page_of_a_ledger_costs_only_what_stands_on_it(made, folder):
    """Every page in turn, flipped or filled with zeros: never a raw error, never another visit."""
    roots, pages = made.roots(), len(made.whole) // PAGE
    first = max(roots.values()) + 1  # then the tables' description, then the visits' entries
    closed, lost, charted = [], {}, []
    for page in (*range(1, first + 4), *range(first + 4, pages + 1, 3)):
        place.ledger_file(folder).write_bytes(made.whole)
        content = damaged(folder, page, how="flip" if page % 2 else "zero")
        try:
            with Ledger.open(folder, made.unwrapped) as ledger:
                lost[page] = unreadable(ledger)
                assert listed(ledger) == ([] if page == roots["shelf"] else list(VISITS))
                if ledger.read_only is None:
                    charted.append(page)
                else:
                    assert f"Page {page} of ledger.db" in ledger.read_only.sentence
                    assert ledger.verify()[0] == ledger.read_only.faults[0]
                    with pytest.raises(LedgerReadOnly, match="Chart on paper"):
                        ledger.append([draft("more")])
        except LedgerDamaged as error:
            assert f"Page {page} of ledger.db" in str(error)  # noqa: PT017 - some pages may raise
            closed.append(page)
        assert place.ledger_file(folder).read_bytes() == content
    assert closed[0] == 1
    assert len(closed) <= 6, "only the pages that describe the tables close all of it"
    assert lost.pop(roots["entry"]) == list(VISITS)
    assert {len(visits) for visits in lost.values()} == {0, 1}
    own = [sum(visits == [visit] for visits in lost.values()) for visit in VISITS]
    assert min(own) >= 3
    # an index of the list, or an empty table: named by the full check, and it costs nothing
    assert set(charted) < set(roots.values())


@pytest.mark.parametrize("pages_left", [40, 60])
def test_of_a_ledger_cut_short_what_is_left_is_read(made, folder, pages_left):
    path = place.ledger_file(folder)
    path.write_bytes(made.whole[: pages_left * PAGE])
    with Ledger.open(folder, made.unwrapped) as ledger:
        lost = unreadable(ledger)
        assert lost[-1] == "visit-c"
        assert ("visit-a" in lost) == (pages_left < 45)
        assert listed(ledger) == list(VISITS)
    assert len(path.read_bytes()) == pages_left * PAGE


def test_a_log_with_a_damaged_step_is_read_as_far_as_it_goes_and_left_as_it_is(tmp_path):
    folder, left = tmp_path / "clinic", tmp_path / "left"
    with new_ledger(folder) as ledger:
        ledger.append([draft(1)])
        ledger.settle()
        for number in range(2, 9):
            ledger.append([draft(number)], shelved=shelved())
        shutil.copytree(folder, left)
        unwrapped = ledger.unwrapped
    log = unfolded.log_file(place.ledger_file(left))
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    main = place.ledger_file(left).read_bytes()
    with Ledger.open(left, unwrapped) as ledger:
        assert ledger.read_only.why == "damaged"
        assert "ledger.db-wal" in ledger.read_only.sentence
        assert 1 <= len(ledger.stream("visit-1")) < 8
        assert [fault.code for fault in ledger.verify()] == ["log"]
    assert (log.read_bytes(), place.ledger_file(left).read_bytes()) == (bytes(content), main)


def test_an_old_damaged_page_met_while_charting_does_not_stop_the_charting(tmp_path, monkeypatch):
    """The connection that met it answers nothing any more: it is opened anew, without a word."""
    folder = tmp_path / "clinic"
    monkeypatch.setattr("ketachart.storage.checkup.RECENT", 2)
    with new_ledger(folder) as ledger:
        unwrapped = ledger.unwrapped
        for number in range(ENTRIES):
            ledger.append([long_draft(number, "old")], shelved=shelved("old", status="signed"))
        ledger.append([draft(number) for number in range(20)])
    content = place.ledger_file(folder).read_bytes()
    for page in range(40, len(content) // PAGE + 1):
        place.ledger_file(folder).write_bytes(content)
        damaged(folder, page)
        with Ledger.open(folder, unwrapped) as ledger:
            if ledger.read_only is not None:
                continue
            with pytest.raises(LedgerDamaged, match="cannot be shown whole"):
                ledger.stream("old")
            ledger.append([draft("after")])
            assert len(ledger.stream("visit-1")) == 21
            break
    else:
        pytest.fail("no page of the old visit alone was found")


def test_the_chain_of_every_visit_that_is_not_signed_is_followed_from_its_first_entry(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("ketachart.storage.checkup.RECENT", 2)
    folder = tmp_path / "clinic"
    with new_ledger(folder) as ledger:
        unwrapped = ledger.unwrapped
        for visit, status in (("signed", "signed"), ("running", "infusing")):
            acts = [draft(number, visit) for number in range(3)]
            ledger.append(acts, shelved=shelved(visit, status=status))
        ledger.append([draft(number, "clinic") for number in range(4)])
    for visit, faults in (("signed", []), ("running", ["entry-changed"])):
        altered = tmp_path / visit
        shutil.copytree(folder, altered)
        with_the_key(altered, unwrapped, visit)
        with Ledger.open(altered, unwrapped) as ledger:
            found = ledger.read_only.faults if ledger.read_only else ()
            assert [fault.code for fault in found] == faults


def with_the_key(folder, unwrapped, visit):
    """What someone can do who has the key and another program."""
    database = open_database(place.ledger_file(folder), unwrapped.key_hex96)
    kept = schema.TRIGGERS["entry_no_update"]
    with unguarded(database):
        database.execute("DROP TRIGGER entry_no_update")
        database.execute("UPDATE entry SET author = 'n-9' WHERE stream = ?", [visit])
        database.execute(kept)
    database.close()


def test_a_newer_ledger_is_read_by_the_names_that_are_known(made, folder):
    database = open_database(place.ledger_file(folder), made.unwrapped.key_hex96)
    with unguarded(database):
        database.execute("ALTER TABLE entry ADD COLUMN mood TEXT")
        database.execute("ALTER TABLE shelf ADD COLUMN mood TEXT")
        database.execute("DROP TABLE departed")
        database.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    database.close()
    before = place.ledger_file(folder).read_bytes()
    with Ledger.open(folder, made.unwrapped) as ledger:
        assert ledger.read_only.why == "newer"
        assert (unreadable(ledger), listed(ledger)) == ([], list(VISITS))
        assert len(ledger.documents("visit-1")) == 1
        assert ledger.verify() == ()
        for write in (
            lambda: ledger.append([draft("more")]),
            lambda: ledger.put_setting("a", "b"),
            lambda: ledger.put_shelf(shelved()),
        ):
            with pytest.raises(LedgerReadOnly, match="newer version"):
                write()
    assert place.ledger_file(folder).read_bytes() == before


def test_a_folder_that_cannot_be_written_is_read(made, folder, monkeypatch):
    monkeypatch.setattr(place, "may_write", lambda _path: False)
    with Ledger.open(folder, made.unwrapped) as ledger:
        assert ledger.read_only.why == "folder"
        assert unreadable(ledger) == []
        with pytest.raises(LedgerReadOnly, match="permissions"):
            ledger.append([draft("more")])


@pytest.mark.parametrize("with_log", [False, True])
def test_where_nothing_can_be_written_beside_the_ledger_no_log_is_passed_over(
    tmp_path, monkeypatch, with_log
):
    """SQLite cannot even read there but alone: then what the log holds would be left out."""
    folder, left = tmp_path / "clinic", tmp_path / "left"
    with new_ledger(folder) as ledger:
        unwrapped = ledger.unwrapped
        ledger.append([draft(1)])
        if not with_log:
            ledger.settle()
        shutil.copytree(folder, left)
    log = unfolded.log_file(place.ledger_file(left))
    if not with_log:
        log.unlink()
    real = reader.open_to_read

    def refused(path, key, *, alone=False):
        if path.parent == left and not alone:
            raise FolderReadOnly("nothing can be made here")
        return real(path, key, alone=alone)

    monkeypatch.setattr(reader, "open_to_read", refused)
    monkeypatch.setattr(place, "may_write", lambda _path: False)
    with Ledger.open(left, unwrapped) as ledger:
        assert len(ledger.stream("visit-1")) == 1


def test_a_ledger_put_back_by_hand_is_named_against_what_was_known(tmp_path):
    folder = tmp_path / "clinic"
    with new_ledger(folder) as ledger:
        ledger.append([draft(1)])
    old = place.ledger_file(folder).read_bytes()
    with Ledger.open(folder, ledger.unwrapped) as again:
        assert again.noticed == ()
        again.append([draft(2), draft(3)])
    place.ledger_file(folder).write_bytes(old)
    with Ledger.open(folder, ledger.unwrapped) as rolled_back:
        (fault,) = rolled_back.noticed
        assert fault.sentence.startswith("Entries after 1 are missing")
        assert "2 entries are not here" in fault.sentence
        rolled_back.append([draft(7), draft(8)])
        known = Head(3, "0" * 64)
        assert rolled_back.missing_since(known, "a backup").code == "other-history"
        known_head.forget(folder)
    sealed = known_head.file_of(folder)
    sealed.write_text(sealed.read_text().replace('"seq": 3', '"seq": 9'))
    with Ledger.open(folder, ledger.unwrapped) as again:
        assert again.noticed == (), "a note that is not sealed with the key tells nothing"


def test_no_ledger_is_made_that_came_back_to_be_read_only(tmp_path, monkeypatch):
    real = opening._to_chart

    def damaged_at_once(folder, unwrapped):
        path = place.ledger_file(folder)
        content = bytearray(path.read_bytes())
        content[2 * PAGE - 300] ^= 1
        path.write_bytes(content)
        return real(folder, unwrapped)

    folder = tmp_path / "new"
    with monkeypatch.context() as patch:
        patch.setattr(opening, "_to_chart", damaged_at_once)
        with pytest.raises(LedgerReadOnly, match="No ledger was made"):
            new_ledger(folder)
    assert not place.holds_ledger(folder)
    with new_ledger(folder) as ledger:
        assert ledger.read_only is None


def test_a_new_head_does_not_silence_what_is_missing_until_it_was_seen(tmp_path, monkeypatch):
    folder = tmp_path / "clinic"
    with new_ledger(folder) as ledger:
        ledger.append([draft(1)])
    old = place.ledger_file(folder).read_bytes()
    with Ledger.open(folder, ledger.unwrapped) as again:
        again.append([draft(2), draft(3)])
    place.ledger_file(folder).write_bytes(old)
    for number in range(4, 8):  # it is charted in, beyond the place of what is missing
        with Ledger.open(folder, ledger.unwrapped) as rolled_back:
            (fault,) = rolled_back.noticed
            assert fault.code == ("entries-missing" if number < 6 else "other-history")
            rolled_back.append([draft(number)])
    with Ledger.open(folder, ledger.unwrapped) as seen:
        seen.saw_missing()
    with Ledger.open(folder, ledger.unwrapped) as quiet:
        assert quiet.noticed == ()
        quiet.append([draft(8)])
    place.ledger_file(folder).write_bytes(old)

    def full(*_args):
        raise DiskFull("full")

    with monkeypatch.context() as patch:
        patch.setattr(known_head, "keep_missed", full)
        with Ledger.open(folder, ledger.unwrapped) as rolled_back:
            assert rolled_back.noticed
    with Ledger.open(folder, ledger.unwrapped) as rolled_back:
        assert rolled_back.noticed, "the last head stays where what is missing cannot be noted"

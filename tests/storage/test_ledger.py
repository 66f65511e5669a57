"""What the ledger has taken it gives back, once, in order, and nothing is charted twice."""

import json
import stat
import threading
from dataclasses import replace
from datetime import datetime

import pytest
from sqlcipher3 import dbapi2

from ketachart.clock import SetClock
from ketachart.errors import (
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerInUse,
    LedgerMissing,
    NotSaved,
    WrongPassphrase,
)
from ketachart.storage import chain, records
from ketachart.storage import folder as place
from ketachart.storage.entry import Head, Shelved
from ketachart.storage.keyring import unlock
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_database, unguarded
from tests.storage.making import (
    OTHER_PASSPHRASE,
    START,
    draft,
    new_ledger,
    paper,
    practice_keyring,
    reopened,
    shelved,
    unlocked,
)


class FaultyConnection:
    """A real connection whose disk answers with a fault when a commit is asked for."""

    def __init__(self, connection, *, faults, reaches_disk):
        self._connection = connection
        self._reaches_disk = reaches_disk
        self.faults = faults

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def commit(self):
        if not self.faults:
            return self._connection.commit()
        self.faults -= 1
        if self._reaches_disk:
            self._connection.commit()
        error = dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = dbapi2.SQLITE_IOERR
        raise error


def test_what_was_appended_is_given_back_after_reopening(folder, ledger):
    kept = ledger.append([draft(1), draft(2)])
    ledger.close()
    with reopened(folder) as again:
        assert again.stream("visit-1") == kept
        assert [row.as_draft() for row in kept] == [draft(1), draft(2)]
        assert again.head() == Head(2, kept[-1].link)
        assert again.verify() == ()


def test_an_empty_ledger_has_an_empty_head(ledger):
    assert ledger.head() == Head(0, "0" * 64)
    assert ledger.stream("visit-1") == ()
    assert ledger.verify() == ()


def test_streams_are_numbered_and_chained_apart_and_linked_together(ledger):
    ledger.append([draft(1, "clinic"), draft(1), draft(2, "clinic"), draft(1, "visit-2")])
    ledger.append([draft(2)])
    rows = [row for name in ("clinic", "visit-1", "visit-2") for row in ledger.stream(name)]
    assert [(row.stream, row.number, row.seq) for row in rows] == [
        ("clinic", 1, 1), ("clinic", 2, 3), ("visit-1", 1, 2), ("visit-1", 2, 5), ("visit-2", 1, 4),
    ]  # fmt: skip
    for name in ("clinic", "visit-1", "visit-2"):
        assert chain.verify_stream(ledger.stream(name)) == ()
    assert chain.verify_links(sorted(rows, key=lambda row: row.seq)) == ()


def test_letters_of_every_script_come_back_as_they_were(ledger):
    ledger.append([draft(1, said='Ünïcode “−2” 海 😀 \u0000 \\ "')])
    assert json.loads(ledger.stream("visit-1")[0].body)["said"] == 'Ünïcode “−2” 海 😀 \u0000 \\ "'


def test_an_act_is_kept_whole_or_not_at_all(ledger):
    ledger.append([draft(1)])
    bad = draft(3, kind="")
    with pytest.raises(LedgerError):
        ledger.append([draft(2), bad], shelved=shelved(), documents=[paper()])
    assert [row.number for row in ledger.stream("visit-1")] == [1]
    assert ledger.shelf() == ()
    assert ledger.documents("visit-1") == ()
    ledger.append([draft(2)], documents=[paper()])
    with pytest.raises(LedgerError, match="nothing of it was saved") as told:
        ledger.append([draft(3)], documents=[paper()])
    assert "kept already" in str(told.value.__cause__)
    assert [row.number for row in ledger.stream("visit-1")] == [1, 2]


def test_what_is_foreseen_is_what_is_kept(ledger):
    ledger.append([draft(1), draft(1, "clinic")])
    drafts = [draft(2), draft(2, "clinic"), draft(3)]
    seen = ledger.foresee(drafts)
    assert ledger.head().seq == 2
    assert ledger.append(drafts) == seen
    assert ledger.foresee(drafts) == seen


def test_the_same_act_handed_in_twice_is_charted_once(ledger):
    kept = ledger.append([draft(1), draft(2)], documents=[paper()], shelved=shelved())
    ledger.append([draft(3)])
    assert ledger.append([draft(1), draft(2)], documents=[paper()], shelved=shelved()) == kept
    assert ledger.head().seq == 3


@pytest.mark.parametrize(
    "drafts",
    [
        [draft(1, said="218/82"), draft(2)],
        [draft(1), draft(2, said="218/82")],
        [draft(1), draft(2), draft(3)],
        [draft(0), draft(1)],
    ],
)
def test_an_id_in_use_for_something_else_is_refused(ledger, drafts):
    ledger.append([draft(1), draft(2)])
    for ask in (ledger.foresee, ledger.append):
        with pytest.raises(LedgerError, match="stored already"):
            ask(drafts)
    assert ledger.head().seq == 2


@pytest.mark.parametrize("reaches_disk", [True, False], ids=["it was on the disk", "it was not"])
@pytest.mark.parametrize("faults", [1, 3])
def test_after_a_fault_of_the_disk_the_act_is_charted_once(folder, ledger, faults, reaches_disk):
    ledger.append([draft(1)])
    database = ledger._database
    real = database.conn
    database.conn = FaultyConnection(real, faults=faults, reaches_disk=reaches_disk)
    act = {"documents": [paper()], "shelved": shelved()}
    with pytest.raises(NotSaved, match="will not be charted twice"):
        ledger.append([draft(2), draft(3)], **act)
    if reaches_disk:
        database.conn.faults = 0
    while database.conn.faults:
        with pytest.raises(NotSaved):
            ledger.append([draft(2), draft(3)], **act)
    rows = ledger.append([draft(2), draft(3)], **act)
    assert [row.number for row in rows] == [2, 3]
    database.conn = real
    ledger.close()
    with reopened(folder) as again:
        assert [row.entry_id for row in again.stream("visit-1")] == [
            "visit-1/1", "visit-1/2", "visit-1/3",
        ]  # fmt: skip
        assert again.documents("visit-1") == (paper(),)
        assert again.verify() == ()


def test_after_a_fault_and_a_restart_the_act_is_still_charted_once(folder, ledger):
    database = ledger._database
    database.conn = FaultyConnection(database.conn, faults=1, reaches_disk=True)
    with pytest.raises(NotSaved):
        ledger.append([draft(1)])
    ledger.close()
    with reopened(folder) as again:
        (row,) = again.append([draft(1)])
        assert again.stream("visit-1") == (row,)


def test_a_rollback_that_was_cut_short_is_made_good_by_the_next_act(ledger):
    ledger._database.conn.execute("BEGIN IMMEDIATE")
    ledger.append([draft(1)])
    assert len(ledger.stream("visit-1")) == 1
    assert not ledger._database.conn.in_transaction


@pytest.mark.parametrize(
    ("drafts", "documents"),
    [
        ([], []),
        ([draft(1), draft(1)], []),
        ([draft(1)], [paper().__class__("0" * 64, "visit-1", "report", "r", "2026", b"x")]),
    ],
)
def test_what_no_caller_may_hand_in_is_a_fault_of_ours(ledger, drafts, documents):
    with pytest.raises(ValueError, match=r"act|drafts|document"):
        ledger.append(drafts, documents=documents)
    assert ledger.head().seq == 0


@pytest.mark.parametrize(
    "body", ['{"b":1,"a":2}', '{"dose":0.5}', '{"dose":NaN}', "{'dose': 1}", "", "{}\n"]
)
def test_a_body_with_a_float_or_of_another_spelling_is_not_taken(ledger, body):
    from dataclasses import replace

    for ask in (ledger.append, ledger.foresee):
        with pytest.raises(ValueError, match=r"."):
            ask([replace(draft(1), body=body)])
    assert ledger.head().seq == 0


@pytest.mark.parametrize("moment", ["2026-03-02T09:15:00", "2026-03-02", "yesterday"])
def test_a_moment_without_its_offset_is_not_taken(ledger, moment):
    from dataclasses import replace

    for change in ({"at": moment}, {"recorded_at": moment}):
        with pytest.raises(ValueError, match=r"offset|isoformat"):
            ledger.append([replace(draft(1), **change)])


def test_the_shelf_is_found_by_day_and_by_part_of_a_name(ledger):
    lines = [
        shelved("visit-1", day="2026-03-02", label="Zoë Example 1961"),
        shelved("visit-2", day="2026-03-02", label="Ann Example 1980"),
        shelved("visit-3", day="2026-03-01", label="Zoltan Straße 1975"),
    ]
    for line in lines:
        ledger.put_shelf(line)
    assert [line.stream for line in ledger.shelf()] == ["visit-3", "visit-2", "visit-1"]
    assert [line.stream for line in ledger.shelf("2026-03-02")] == ["visit-2", "visit-1"]
    assert [line.stream for line in ledger.shelf(search="zo")] == ["visit-3", "visit-1"]
    assert [line.stream for line in ledger.shelf(search="ZOE EX")] == ["visit-1"]
    assert [line.stream for line in ledger.shelf(search="zoë")] == ["visit-1"]
    assert [line.stream for line in ledger.shelf(search="STRASSE")] == ["visit-3"]
    assert ledger.shelf("2026-03-01", "ann") == ()
    assert ledger.shelf(search="%") == ledger.shelf(search="_") == ()
    assert ledger.shelf(search="ann")[0] == lines[1]


def test_a_line_of_the_shelf_is_rewritten_with_the_act_that_changed_it(ledger):
    ledger.append([draft(1)], shelved=shelved(status="open"))
    ledger.append(
        [draft(2)], shelved=Shelved("visit-1", "2026-03-03", "N", "signed", '{"mg":"40"}')
    )
    assert ledger.shelf() == (Shelved("visit-1", "2026-03-03", "N", "signed", '{"mg":"40"}'),)


def test_papers_come_back_byte_for_byte(folder, ledger):
    content = bytes(range(256)) * 4000
    late = paper(b"second")
    ledger.append([draft(1)], documents=[paper(content)])
    ledger.append([draft(2)], documents=[late])
    ledger.close()
    with reopened(folder) as again:
        assert again.document(paper(content).sha256) == paper(content)
        assert again.documents("visit-1") == (paper(content), late)
        assert again.documents("visit-2") == ()
        assert again.document("0" * 64) is None


def test_credentials_are_kept_in_order_and_each_once(ledger):
    first = ledger.add_credential("n-1", "nurse", made_at="d1", certificate_pem="A", pkcs12=b"a")
    same = ledger.add_credential("n-1", "nurse", made_at="d2", certificate_pem="A", pkcs12=b"x")
    second = ledger.add_credential("n-1", "nurse", made_at="d2", certificate_pem="B", pkcs12=b"b")
    other = ledger.add_credential(
        "clinic", "authority", made_at="d1", certificate_pem="A", pkcs12=b""
    )
    assert first == same
    assert [kept.serial for kept in (first, second, other)] == [1, 2, 3]
    assert ledger.credentials("n-1", "nurse") == (first, second)
    assert ledger.credentials("clinic", "authority") == (other,)
    assert ledger.credentials("n-1", "authority") == ()


def test_a_key_locked_anew_counts_from_then_on_and_its_certificate_keeps_its_place(ledger):
    ledger.add_credential("n-1", "nurse", made_at="d1", certificate_pem="A", pkcs12=b"a")
    second = ledger.add_credential("n-1", "nurse", made_at="d2", certificate_pem="B", pkcs12=b"b")
    anew = replace(second, serial=0, certificate_pem="A", pkcs12=b"a again", made_at="d3")
    ledger.append([draft(1)], credentials=[anew])
    assert [each.pkcs12 for each in ledger.credentials("n-1", "nurse")] == [b"a", b"b"]
    for mark in (2, 3):
        ledger.append([draft(mark)], credentials=[anew], relocked=True)
    kept = ledger.credentials("n-1", "nurse")
    assert [(each.serial, each.pkcs12) for each in kept] == [(3, b"a again"), (2, b"b")]
    assert b"b" not in repr(second).encode().split(b"pkcs12")[1:]


def test_a_setting_never_set_is_none(ledger):
    assert ledger.setting("text-size") is None
    ledger.put_setting("text-size", "")
    assert ledger.setting("text-size") == ""


def test_a_second_ketachart_is_kept_out_until_the_first_is_closed(folder, ledger):
    unwrapped = ledger.unwrapped
    with pytest.raises(LedgerInUse, match="already open"):
        Ledger.open(folder, unwrapped)
    ledger.append([draft(1)])
    ledger.close()
    ledger.close()
    with Ledger.open(folder, unwrapped) as again:
        assert len(again.stream("visit-1")) == 1


def test_the_folder_is_free_again_after_an_opening_that_failed(folder, ledger):
    unwrapped = ledger.unwrapped
    ledger.close()
    hidden = place.ledger_file(folder).rename(folder / "hidden")
    with pytest.raises(LedgerMissing):
        Ledger.open(folder, unwrapped)
    hidden.rename(place.ledger_file(folder))
    Ledger.open(folder, unwrapped).close()


def test_an_entry_from_outside_the_lock_stops_at_the_trigger(ledger):
    """The single-instance lock failed, say on a strange disk: the numbering still holds."""
    ledger.append([draft(1)])
    foreseen = records.numbered(ledger._database, [draft(2)])
    ledger.append([draft(2, "visit-2")])
    with pytest.raises(dbapi2.IntegrityError, match="only the next one"):
        records.insert_entry(ledger._database, foreseen[0])


def test_a_folder_without_a_ledger_is_not_given_an_empty_one(tmp_path):
    _, unwrapped = practice_keyring()
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(LedgerMissing, match="does not begin an empty one"):
            Ledger.open(folder, unwrapped)
    assert [path.name for path in tmp_path.iterdir()] in ([], ["ketachart.lock"])


def test_a_ledger_is_never_made_over_another(folder, ledger):
    ledger.append([draft(1)])
    ledger.close()
    for name in ("ledger.db", "keyring.json", "keyring.json.bak"):
        others = [path for path in folder.iterdir() if path.name not in (name, "ketachart.lock")]
        moved = [path.rename(folder.parent / path.name) for path in others]
        with pytest.raises(LedgerError, match="a ledger in this folder already"):
            new_ledger(folder)
        for path in moved:
            path.rename(folder / path.name)
    with reopened(folder) as again:
        assert len(again.stream("visit-1")) == 1


def test_only_this_person_may_read_the_files(folder, ledger):
    ledger.append([draft(1)])
    unlocked(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(names) >= {"ledger.db", "ledger.db-wal", "ledger.db-shm", "ketachart.lock"}
    assert set(names.values()) == {0o600}


def test_a_closed_ledger_is_one_file_and_its_keyring(folder, ledger):
    ledger.append([draft(1)])
    ledger.settle()
    ledger.close()
    assert {path.name for path in folder.iterdir()} == {
        "ledger.db", "keyring.json", "keyring.json.bak", "ketachart.lock", "head.json",
    }  # fmt: skip


def test_closing_folds_everything_in_even_while_another_connection_looks_on(folder, ledger):
    path = place.ledger_file(folder)
    onlooker = open_database(path, ledger.unwrapped.key_hex96)
    ledger.append([draft(1)])
    ledger.close()
    assert path.with_name("ledger.db-wal").stat().st_size == 0
    onlooker.close()


def test_the_ledger_says_which_it_is(ledger):
    assert ledger.meta.ledger_id == "ledger-1"
    assert datetime.fromisoformat(ledger.meta.made_at) == START
    assert ledger.meta.made_by == "0.1.0"


def test_a_power_cut_while_it_is_made_leaves_nothing_or_a_whole_ledger(folder, monkeypatch):
    keyring, unwrapped = practice_keyring()

    def make():
        return Ledger.create(
            folder, keyring=keyring, unwrapped=unwrapped, made_by="1", clock=SetClock(START)
        )

    def cut(*_args, **_named):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(type(keyring), "write", cut)
        with pytest.raises(SystemExit):
            make()
    assert not place.holds_ledger(folder)
    with monkeypatch.context() as patch:
        patch.setattr(place, "put_in_place", cut)
        with pytest.raises(SystemExit):
            make()
    with monkeypatch.context() as patch:
        patch.setattr("ketachart.storage.opening.open_or_read", cut)
        with pytest.raises(SystemExit):
            make()
    assert place.holds_ledger(folder)
    assert not place.ledger_file(folder).exists()
    with reopened(folder) as made:
        made.append([draft(1)])
        assert made.verify() == ()


def test_the_wrong_passphrase_never_reaches_the_ledger(folder, ledger):
    ledger.close()
    place.ledger_file(folder).unlink()
    with pytest.raises(WrongPassphrase):
        unlock(folder, "n-1", OTHER_PASSPHRASE, SetClock(START))


def test_the_key_of_another_ledger_opens_nothing(folder, ledger):
    ledger.append([draft(1)])
    ledger.close()
    before = place.ledger_file(folder).read_bytes()
    _, foreign = practice_keyring("ledger-2")
    with pytest.raises(LedgerForeign, match="does not belong to this keyring"):
        Ledger.open(folder, foreign)
    assert place.ledger_file(folder).read_bytes() == before


def test_a_ledger_under_another_keyrings_name_is_not_opened(folder, ledger):
    from dataclasses import replace

    unwrapped = replace(ledger.unwrapped, ledger_id="ledger-2")
    ledger.close()
    with pytest.raises(LedgerForeign, match="another keyring"):
        Ledger.open(folder, unwrapped)


def test_the_check_may_run_on_another_thread_while_charting_goes_on(ledger):
    ledger.append([draft(number) for number in range(2000)])
    told, found = [], []

    def check():
        found.extend(
            ledger.verify(lambda done, total: told.append((done, total))) for _ in range(8)
        )

    thread = threading.Thread(target=check)
    thread.start()
    number = 2000
    while thread.is_alive():
        ledger.append([draft(number)])
        ledger.settle()
        number += 1
    thread.join()
    assert found == [()] * 8
    assert told[0] == (500, told[0][1])
    assert told[-1][0] == told[-1][1] >= 2000
    assert ledger.head().seq == number


def test_an_altered_paper_is_not_handed_out(ledger):
    ledger.append([draft(1)], documents=[paper()])
    with unguarded(ledger._database):
        ledger._database.execute("DROP TRIGGER document_no_update")
        ledger._database.execute("UPDATE document SET content = x'00'")
    with pytest.raises(LedgerDamaged, match="not as it was written"):
        ledger.document(paper().sha256)
    with pytest.raises(LedgerDamaged, match="not as it was written"):
        ledger.documents("visit-1")


def test_streams_are_found_by_how_they_begin(ledger):
    for number, stream in enumerate(("post:b", "post:a", "Post:c", "posted", "clinic", "post:a")):
        ledger.append([draft(number, stream=stream)])
    assert ledger.streams("post:") == ("post:a", "post:b")
    assert ledger.streams("") == ("Post:c", "clinic", "post:a", "post:b", "posted")
    assert ledger.streams("nothing") == ()

"""A made ledger is as a charted one, and every look at it answers as a plain model does, by index.

The figures against a ledger of ten visits are measured by `python3 dev.py bench --scale`.
"""

import json
from datetime import date, timedelta

import pytest

from ketachart.charting.shelf import shelved
from ketachart.storage import looking, records, seeking
from ketachart.storage.plain import plainly
from ketachart.storage.vault import unguarded
from tests.scale import generate

VISITS = 120


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scale") / "ledger"
    generate.make(folder, VISITS, stories=("quiet_hour",))
    with_clinic = generate.opened(folder)
    yield with_clinic
    with_clinic.close()


@pytest.fixture
def every(office):
    return office.visits()


def test_a_made_ledger_verifies_and_each_line_is_what_its_entries_tell(office, every):
    assert office.verify() == ()
    assert len(every) == office.visit_count() == VISITS
    for row in every[::17]:
        visit = office.open_visit(row.stream).visit
        assert not visit.unknown
        line = shelved(row.stream, visit, visit.entries[0].recorded_at)
        assert line == office._ledger.shelf_line(row.stream)


@pytest.mark.parametrize(
    "wanted",
    [
        "nu",
        "Núñ",
        "NUNEZ",
        "o",
        "zq",
        "ortega",
        "garcia vera",
        "10000",
        "100003",
        "19",
        "soren",
        "",
    ],
)
@pytest.mark.parametrize("limit", [None, 1, 7, 1000])
def test_a_search_answers_as_reading_every_line_would(office, every, wanted, limit):
    words = plainly(wanted).split()

    def fits(row):
        told = plainly(f"{row.patient} {row.mrn} {row.birth_date}")
        return all(word in told for word in words)

    fitting = [row for row in every if fits(row)]
    newest = sorted(fitting, key=lambda r: (r.day, r.opened_at.isoformat(), r.stream), reverse=True)
    found = office.visits(search=wanted, limit=limit)
    assert list(found) == (newest[:limit] if limit else fitting)


def test_a_day_a_patient_an_address_and_what_is_open_are_found_alone(office, every):
    today = generate.TODAY
    assert {r.stream for r in office.visits(day=today)} == {
        r.stream for r in every if r.day == today
    }
    at_hand = {r.stream for r in every if r.day == today or r.status != "signed" or r.calls}
    assert {row.stream for row in office.visits_at_hand(today)} == at_hand
    ledger = office._ledger
    for mrn in {row.mrn for row in every[::13]}:
        own = sorted(
            (r for r in every if r.mrn == mrn), key=lambda r: (r.day, r.number), reverse=True
        )
        assert [line.stream for line in ledger.shelf_of_mrn(mrn)] == [row.stream for row in own]
        assert office._earlier.last_visit(mrn).patient.mrn == own[0].mrn
        since = own[0].day.isoformat()
        assert len(ledger.shelf_of_mrn(mrn, since=since)) == sum(r.day >= own[0].day for r in own)
    place = json.loads(ledger.shelf_line(every[5].stream).summary)["place"]
    assert every[5].stream in {line.stream for line in ledger.shelf_at(place, "2000-01-01")}


def test_only_plans_from_a_day_on_are_read_with_all_their_editions(office):
    near = generate.TODAY - timedelta(days=1)
    whole, some = office.post.planned(), office.post.planned(since=near)
    assert some == tuple(one for one in whole if one.plan.day >= near)
    assert 0 < len(some) < len(whole)
    assert office.own_stream.protocol == office.protocol


def test_what_was_received_is_never_counted_by_another_version(office):
    ledger = office._ledger
    waiting = ledger.unanswered("report-signed", "receipt-taken", "post:")
    assert len(waiting) == sum(row.status == "signed" for row in office.visits())
    assert ledger.unanswered("report-taken", "verdict-given", "") == ()


def plans_of(office, monkeypatch, work):
    """How SQLite goes about each statement of an act."""
    database, said = office._ledger._database, []
    monkeypatch.setattr(
        type(database),
        "execute",
        lambda self, sql, values=(): (
            said.append((sql, explained(self, sql, values))),
            self.conn.execute(sql, values),
        )[1],
    )
    work()
    return said


def explained(database, sql, values):
    if not sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE")):
        return ""
    with unguarded(database):
        rows = database.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    return "; ".join(str(row[3]) for row in rows)


ACTS = {
    "newest": lambda office: office.visits(limit=5),
    "search": lambda office: office.visits(search="or", limit=5),
    "day": lambda office: office.visits(day=generate.TODAY),
    "at hand": lambda office: office.visits_at_hand(generate.TODAY),
    "patient": lambda office: office._earlier.last_visit("100003"),
    "kit": lambda office: office.last_kit(),
    "number": lambda office: office.next_number(office.time.now()),
    "questions": lambda office: office.post.open_questions(),
    "plans": lambda office: office.post.planned(since=generate.TODAY),
    "register": lambda office: office.own_stream.grown(()).of(type(office.nurse)),
    "open": lambda office: office.open_visit(office.visits(limit=1)[0].stream),
}
READ_WHOLE = {"SCAN sought", "SCAN meta USING COVERING INDEX sqlite_autoindex_meta_1"}
"""One line for each patient, looked at in some milliseconds; and the three lines of the ledger."""


INDEXES = {
    "newest": ("shelf_newest",),
    "search": ("shelf_label",),
    "day": ("shelf_newest (day=?)",),
    "at hand": ("shelf_open", "shelf_call"),
    "patient": ("shelf_mrn (mrn=?",),
    "questions": ("entry_on_the_way (kind=?)",),
    "plans": ("entry_planned",),
    "register": ("entry_of_clinic (kind=?)",),
}
"""Which index answers: without it an act would still be no scan, and grow with the years."""


@pytest.mark.parametrize("act", INDEXES)
def test_each_look_goes_by_the_index_that_was_made_for_it(office, monkeypatch, act):
    said = " ".join(plan for _, plan in plans_of(office, monkeypatch, lambda: ACTS[act](office)))
    assert [name for name in INDEXES[act] if name not in said] == []


@pytest.mark.parametrize("act", ACTS)
def test_nothing_goes_through_all_entries_or_all_visits(office, monkeypatch, act):
    for sql, plan in plans_of(office, monkeypatch, lambda: ACTS[act](office)):
        scans = {
            step.strip()
            for step in plan.split(";")
            if step.strip().startswith("SCAN") and "entry_planned" not in step
        }
        ordered = {"SCAN shelf USING INDEX shelf_newest"}  # ends after the lines that are wanted
        partial = {s for s in scans if "shelf_open" in s or "shelf_call" in s}
        assert scans - READ_WHOLE - ordered - partial == set(), (sql, plan)


def test_the_made_people_have_accents_and_stay_the_same():
    from tests.scale.people import people

    once, again = people(200), people(200)
    assert once == again
    assert any(not one.family.isascii() for one in once)
    assert all(one.born < date(2008, 1, 1) for one in once)


def test_what_is_asked_for_here_is_known_to_the_tables():
    assert looking.ON_THE_WAY in " ".join(seeking.SECOND)
    assert records.CLINIC == "clinic"

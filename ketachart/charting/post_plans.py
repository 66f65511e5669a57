"""Tomorrow's visits: what the clinic asks for, changes and takes back, and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from ketachart.charting.history import rows_of, rows_of_plan
from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_items import mark
from ketachart.charting.post_outbox import arrived
from ketachart.charting.post_shapes import BESIDE, CLINIC
from ketachart.domain.facts.post import (
    CorrespondentRecorded,
    PostSent,
    ReportTaken,
    VisitPlanned,
)
from ketachart.domain.post.planned import Opened, Planned, Way, newest_plans, planned
from ketachart.domain.visit import Visit, fold
from ketachart.domain.wording import day as day_words
from ketachart.errors import Refused
from ketachart.storage import codec


def ask_for(book: PostBook, plan: VisitPlanned) -> None:
    """Asks for a visit, or changes what was asked for; it goes out with that nurse's next package.

    Given to another nurse, or made for another patient, it is taken back and is a new plan: the
    first laptop must learn that nobody is to go from there.

    Raises:
        Refused: the person is no supervisor, the day is over or taken, or the visit was opened.
        LedgerError: it was not saved.
    """
    _must_plan(book)
    now = book.office.time.now()
    before = _before(book, plan.item) if plan.item else None
    _must_be_free(book, plan, now.date())
    if before is None:
        _keep(book, _new(book, plan))
        return
    if _said(before, now) == _said(plan, now):
        return  # it stands so already
    if (before.staff_id, before.patient.mrn) == (plan.staff_id, plan.patient.mrn):
        _keep(book, _next(book, before, plan))
        return
    gone = () if before.withdrawn else (_next(book, before, replace(before, withdrawn=True)),)
    _keep(book, *gone, _new(book, replace(plan, item="")))


def take_back(book: PostBook, item: str) -> None:
    """Nobody is to go: the laptop is told with its next package. Done twice, it is done once.

    Raises:
        Refused: the person is no supervisor, there is no such plan, or its visit was opened.
        LedgerError: it was not saved.
    """
    _must_plan(book)
    before = _before(book, item)
    if before is None:
        raise Refused("There is no such planned visit. Choose it from the list.", rule="no plan")
    if not before.withdrawn:
        _keep(book, _next(book, before, replace(before, withdrawn=True)))


def plans(
    book: PostBook, day: date | None = None, *, since: date = date.min
) -> tuple[Planned, ...]:
    """The visits that the clinic asks for, of a day or from one on; those opened already say so."""
    asked = _asked(book, day or since)
    newest = newest_plans(asked)
    ways = dict(_ways(book, newest)) if newest and book.is_clinic else None
    return planned(asked, _opened(book, newest), day=day, ways=ways)


def _asked(book: PostBook, since: date) -> Visit:
    """Every edition of the plans for that day and later ones; the older ones are not even read."""
    rows = book.ledger.plans_since(since.isoformat())
    return fold(codec.entry_of(row) for row in rows if row.stream == CLINIC)


def nurses(book: PostBook) -> tuple[tuple[str, str], ...]:
    """Staff id and name of everybody who has a laptop that a plan can be sent to, by name."""
    facts = book.office.own_stream.facts(CorrespondentRecorded)
    laptops = {fact.staff_id: fact.name for fact in facts if fact.role == "laptop"}
    named = ((staff_id, name) for staff_id, name in laptops.items() if staff_id)
    return tuple(sorted(named, key=lambda one: (one[1], one[0])))


# ---------------------------------------------------------------- what may be written


def _must_plan(book: PostBook) -> None:
    if book.office.staff_id not in book.supervisors():
        raise Refused(
            "Only a supervisor plans visits. Ask your clinic's supervisor to do it.",
            rule="not a supervisor",
        )


def _before(book: PostBook, item: str) -> VisitPlanned | None:
    """The plan as it stands; a visit that was opened from it is no longer changed by a plan."""
    standing = next((one for one in plans(book, None) if one.item == item), None)
    if standing is None:
        return None
    if standing.state == "visit opened":
        raise Refused(
            "A visit was opened from this plan: its report came. Ask about it in the review, or "
            "plan another visit.",
            rule="plan opened",
        )
    return standing.plan


def _must_be_free(book: PostBook, plan: VisitPlanned, today: date) -> None:
    if plan.day < today:
        raise Refused(
            f"{day_words(plan.day)} is over. A visit is planned for today or a later day: choose "
            "another one.",
            rule="plan in the past",
            field="day",
        )
    expires = plan.order.expires_on
    if expires is not None and expires < plan.day:
        raise Refused(
            f"The order expires on {day_words(expires)}, before the visit. Ask the prescriber for "
            "a new one, or choose an earlier day.",
            rule="plan after the order",
            field="day",
        )
    for other in newest_plans(_asked(book, plan.day)):
        same = (other.patient.mrn, other.day) == (plan.patient.mrn, plan.day)
        if same and other.item != plan.item and not other.withdrawn:
            raise Refused(
                f"A visit of {other.patient.full_name} is planned for {day_words(plan.day)} "
                "already. Change that plan, or choose another day.",
                rule="planned already",
                field="day",
            )


def _said(plan: VisitPlanned, at: datetime) -> VisitPlanned:
    """What a plan asks for, whoever wrote it and when."""
    patient, order = replace(plan.patient, at=at), replace(plan.order, at=at)
    return VisitPlanned(
        at=at, item="", day=plan.day, patient=patient, order=order, staff_id=plan.staff_id,
        note=plan.note, withdrawn=plan.withdrawn,
    )  # fmt: skip


def _new(book: PostBook, plan: VisitPlanned) -> VisitPlanned:
    office = book.office
    return replace(
        plan,
        at=office.time.now(),
        item=plan.item or office.time.new_id(),
        by=plan.by or _who(book),
        edition=1,
    )


def _next(book: PostBook, before: VisitPlanned, plan: VisitPlanned) -> VisitPlanned:
    return replace(plan, at=book.office.time.now(), by=_who(book), edition=before.edition + 1)


def _who(book: PostBook) -> str:
    return f"{book.office.nurse.name}, {book.office.nurse.credential}"


def _keep(book: PostBook, *made: VisitPlanned) -> None:
    book.keep([Note(stream=CLINIC, mark=mark("plan", one.travels_as), fact=one) for one in made])


# ---------------------------------------------------------------- what came of them


def _opened(book: PostBook, asked: Sequence[VisitPlanned]) -> Mapping[str, Opened]:
    """Which plan was opened as which visit: the one that names it.

    A visit that names no plan, as one of an older version, counts by its patient and day.
    """
    found = ((plan.item, _visit_of(book, plan)) for plan in asked)
    return {item: visit for item, visit in found if visit is not None}


def _visit_of(book: PostBook, plan: VisitPlanned) -> Opened | None:
    here = rows_of_plan(book.ledger, plan.item)
    if here:
        return Opened(stream=here[-1].stream, at=here[-1].opened_at)
    reported = tuple(_reported(book, plan.item)) if book.is_clinic else ()
    if reported:
        return Opened(stream=reported[-1])
    same = rows_of(book.ledger, plan.patient.mrn, since=plan.day)
    untold = [row for row in same if row.day == plan.day and not row.plan]
    return Opened(stream=untold[0].stream, at=untold[0].opened_at) if untold else None


def _reported(book: PostBook, item: str) -> Iterator[str]:
    """The visits of which a good report came that names the plan it was opened from."""
    for name in book.ledger.reported(item):
        stream = name.removeprefix(BESIDE)
        if any(fact.plan == item and fact.good for fact in book.post(stream).facts(ReportTaken)):
            yield stream


def _ways(book: PostBook, asked: Sequence[VisitPlanned]) -> Iterator[tuple[str, Way]]:
    """How far the newest edition of each plan came, as the laptops themselves said."""
    there = [
        (whom.staff_ids, arrived(book, whom.ledger), _packed(book, whom.ledger))
        for whom in book.correspondents()
    ]
    for plan in asked:
        theirs = [one for one in there if not plan.staff_id or plan.staff_id in one[0]]
        if any(mark("plan", plan.travels_as) in marks for _, marks, _ in theirs):
            yield plan.item, "arrived"
        elif any(plan.travels_as in packed for _, _, packed in theirs):
            yield plan.item, "packed"
        else:
            yield plan.item, "waits"


def _packed(book: PostBook, ledger: str) -> frozenset[str]:
    facts = book.office.own_stream.facts(PostSent)
    return frozenset(one for fact in facts if fact.ledger == ledger for one in fact.items)

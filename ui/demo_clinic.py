"""A practice clinic to look at: made-up patients whose visits stand in every phase just now."""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from ketachart import charting, resources
from ketachart.charting import NewClinic, NewVisit, OpenClinic, OpenVisit
from ketachart.clock import SetClock, SystemClock
from ketachart.commands.player import HEADER, OPENING, PASSPHRASE, Stage
from ketachart.commands.script import ScriptLine, read_line
from ketachart.domain.earlier.series_checks import series_checks
from ketachart.domain.facts import (
    ClinicRecorded,
    FindingExplained,
    NurseRecorded,
    OrderRecorded,
    PatientRecorded,
    ScreeningAnswered,
    VialTaken,
)
from ketachart.domain.screening import screening
from ketachart.errors import CannotRead
from ui import demo_book, demo_review
from ui.demo_scenes import COLLEAGUE, DAY, NOW, SCENES, Scene

T = TypeVar("T")

QUARTER = timedelta(minutes=15)
LASTS = timedelta(days=490)  # how long the made-up vials are good for

# A moment or a day in a story's line; a birth date stays what it is.
_WHEN = re.compile(r'(?<!"birth_date": )"(\d{4}-\d\d-\d\d)(T[^"]+)?"')
_ZONE = re.compile(r'"zone": "[^"]*"')


class SceneClock(SetClock):
    """A clock that stands where it is put; ids are chance's, as many scenes share one ledger."""

    def new_id(self) -> str:
        """An id that no other scene has."""
        return SystemClock().new_id()


def build(folder: Path, now: datetime) -> str:
    """Makes the clinic in an empty folder, charted up to ``now``; answers its passphrase.

    Raises:
        CannotRead: the stories are not here; they come with the source, not with the program.
        LedgerError: the folder cannot be used.
    """
    told = [(scene, _lines(scene, now)) for scene in SCENES]
    earlier = [lines for scene, lines in told if scene.ago >= DAY]
    today = [lines for scene, lines in told if scene.ago < DAY]
    vials = [vial for _scene, lines in told for vial in _facts(lines, VialTaken)]
    clock = SceneClock(min(_begin(lines) for lines in earlier) - DAY)
    with closing(_office(folder, told[0][1], clock)) as office:
        demo_book.open_book(office, vials)
    for lines in earlier:
        _chart(folder, lines)
    clock = SceneClock(min(_begin(lines) for lines in today) - QUARTER)
    with closing(_office(folder, told[0][1], clock)) as office:
        demo_book.begin_day(office, back=SCENES[1].rest)
    for lines in today:
        _chart(folder, lines)
    afternoon = now.replace(hour=16)  # at any hour one may practise; no visit may end at night
    reports = [(_lines(scene, afternoon), scene.ago / 3) for scene in COLLEAGUE]
    demo_review.take_in(folder, _fact(told[0][1], NurseRecorded).staff_id, reports, clock)
    return PASSPHRASE


def stories() -> tuple[str, ...]:
    """The names of the stories there are."""
    return tuple(sorted(path.stem for path in _folder().glob("*.jsonl")))


def add_story(folder: Path, story: str, now: datetime) -> str:
    """Charts one story, all but its signature, as if it ended now; answers its stream.

    Raises:
        CannotRead: there is no such story.
    """
    return play(folder, Scene(story, "patient-released", 1, NOW), now)


def play(folder: Path, scene: Scene, now: datetime) -> str:
    """Charts one scene into the clinic, making the clinic first where there is none.

    Raises:
        CannotRead: there is no such story.
        LedgerError: the folder cannot be used.
    """
    return _chart(folder, _lines(scene, now))


def _begin(lines: Sequence[ScriptLine]) -> datetime:
    return next(line.at for line in lines if line.at is not None)


def _chart(folder: Path, lines: Sequence[ScriptLine]) -> str:
    clock = SceneClock(_begin(lines))
    office = _office(folder, lines, clock)
    try:
        room = office.new_visit(
            NewVisit(patient=_fact(lines, PatientRecorded), order=_fact(lines, OrderRecorded))
        )
        stage = Stage(office, room, clock, rest=(), strict=False)
        for line in lines:
            if line.kind == "screening-concluded":
                _answer(room)
            if line.kind == "infusion-started":
                _explain(room)
            if line.kind not in (*HEADER, *OPENING):
                stage.play([line])
        return room.stream
    finally:
        office.close()


def _answer(room: OpenVisit) -> None:
    """What is asked because of the patient's earlier visits here; no story knows of them."""
    now = room.now()
    for state in screening(room.visit, now).items:
        if state.answer is None and state.item.only_if:
            dated = now.date() - 9 * DAY if state.item.wants == "date" else None
            room.record(
                ScreeningAnswered(at=now, item=state.item.code, answer="clear", dated=dated)
            )


def _explain(room: OpenVisit) -> None:
    """A reason for what the patient's earlier visits here put outside; no story knows of them."""
    for check in series_checks(room.visit, room.now()):
        if check.standing == "reason":
            reason = "Dr A. Okafor, by phone: the pain came back, and the last one went well"
            room.record(FindingExplained(at=room.now(), finding=check.code, reason=reason))


def _office(folder: Path, lines: Sequence[ScriptLine], clock: SetClock) -> OpenClinic:
    nurse = _fact(lines, NurseRecorded)
    if charting.holds_ledger(folder):
        return charting.unlock(folder, nurse.staff_id, PASSPHRASE, clock)
    clinic = _fact(lines, ClinicRecorded)
    founder = replace(nurse, role="supervisor")
    new = NewClinic(clinic=clinic, nurse=founder, passphrase=PASSPHRASE, practice=True)
    return charting.create(folder, new, clock)


def _fact(lines: Sequence[ScriptLine], kind: type[T]) -> T:
    return _facts(lines, kind)[0]


def _facts(lines: Sequence[ScriptLine], kind: type[T]) -> list[T]:
    return [line.fact for line in lines if isinstance(line.fact, kind)]


# ---------------------------------------------------------------- reading and shifting


def _folder() -> Path:
    return resources.root().parent / "tests" / "stories"


def _lines(scene: Scene, now: datetime) -> tuple[ScriptLine, ...]:
    """The scene's lines, its last moment standing ``ago`` before now."""
    path = _folder() / f"{scene.story}.jsonl"
    if not path.is_file():
        known = ", ".join(stories())
        raise CannotRead(
            f"There is no story “{scene.story}”. "
            + (f"There are: {known}." if known else "Stories come with KetaChart's source only.")
        )
    raws = [raw for raw in path.read_text(encoding="utf-8").split("\n") if raw.strip()]
    told = _up_to(raws, scene)
    last = read_line(told[-1], len(told))
    moment = last.recorded_at or last.at or now
    by = now.replace(microsecond=0) - scene.ago - moment
    return tuple(
        read_line(_cast(shifted(raw, by, now), scene, now), number)
        for number, raw in enumerate(told, 1)
    )


def _up_to(raws: list[str], scene: Scene) -> list[str]:
    if not scene.kind:
        return raws
    places = [n for n, raw in enumerate(raws, 1) if f'"kind": "{scene.kind}"' in raw]
    return raws[: places[min(scene.nth, len(places)) - 1]] if places else raws


def _cast(raw: str, scene: Scene, now: datetime) -> str:
    """The line with another patient, place in a series and vial, where the scene names one."""
    if scene.patient and '"kind": "patient-recorded"' in raw:
        other = re.sub(r'"mrn": .*?"birth_date": "[^"]*"', scene.patient, raw)
        home = re.sub(r'.*"mrn": "0*(\d+)".*', r"\1", scene.patient)  # each lives somewhere else
        return re.sub(r'"address": "\d+', f'"address": "{home}', other)
    if scene.series and '"kind": "order-recorded"' in raw:
        other = re.sub(r'"goal": "[^"]*"', '"goal": "induction"', raw)
        return re.sub(r'"series_number": \d', f'"series_number": {scene.series}', other)
    if scene.seal and '"kind": "vial-taken"' in raw:
        # all vials are of one lot, so they have one last day
        last = f'"expires": "{now.date() + LASTS}"'
        return re.sub(r'"expires": "[^"]*"', last, raw).replace('"55120"', f'"{scene.seal}"')
    return re.sub(r'"SB-[^"]*"', f'"{scene.rest}"', raw) if scene.seal else raw


def shifted(raw: str, by: timedelta, now: datetime) -> str:
    """The line at another time, on this laptop's clock."""

    def moved(found: re.Match[str]) -> str:
        if found[2] is None:
            return f'"{date.fromisoformat(found[1]) + timedelta(days=round(by / DAY))}"'
        moment = datetime.fromisoformat(found[1] + found[2]) + by
        return f'"{moment.astimezone(now.tzinfo).isoformat()}"'

    return _WHEN.sub(moved, _ZONE.sub('"zone": ""', raw))

"""The laptop during a visit: kept awake; a sleep or a crash is an entry, and the nurse is told what
was due meanwhile."""

from datetime import datetime, timedelta
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from ketachart.charting import vigil
from ketachart.charting.vigil import Stamp
from ketachart.domain.course import ended_at, started_at
from ketachart.domain.facts import ChartReopened, Fact, LaptopSlept
from ketachart.domain.monitoring import due
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, clock_with_seconds, count, length, listed
from ketachart.errors import KetaChartError
from ui.actions import key_of
from ui.desk import Desk
from ui.drafts.offer import REOPENED, SHOW
from ui.notices import Message
from ui.power import Hardware
from ui.power_watch import PowerWatch
from ui.widgets.status_bar import StatusFact

SLEPT, AWAKE, ON_PAPER = "laptop-slept", "stay-awake", "on-paper"
STAMPS: Final = "stamp-open-visit"
EVERY: Final = timedelta(seconds=60)
AWAY: Final = timedelta(minutes=5)  # from here on paper is asked for
_SEEN: Final = "I have seen it"


class Window(Protocol):
    """What the guard tells the window."""

    def show_laptop(self, facts: tuple[StatusFact, ...]) -> None:
        """Battery, disk and sleep, in the status bar."""
        ...


class LaptopGuard(QObject):
    """Watches over one window's laptop."""

    _obeyed = Signal(bool)  # from the thread that asked the system

    def __init__(self, desk: Desk, window: Window, hardware: Hardware) -> None:
        super().__init__(desk)
        self._desk, self._hardware = desk, hardware
        self.power = PowerWatch(desk, hardware)
        self.power.changed.connect(lambda: window.show_laptop(self.facts()))
        self._visit: Visit | None = None
        self._stream = ""
        self._release = _nothing
        self._awake: bool | None = None
        self._said_awake = False
        self._obeyed.connect(self._heard, Qt.ConnectionType.QueuedConnection)
        desk.heartbeat.stood_still.connect(self._stood_still)
        desk.visit_opened.connect(self._opened)
        desk.visit_changed.connect(self._changed)
        desk.visit_closed.connect(self._closed)
        desk.heartbeat.every(STAMPS, EVERY, self._stamp)

    def end(self) -> None:
        """The window goes: the laptop may sleep again."""
        self._let_sleep()

    def facts(self) -> tuple[StatusFact, ...]:
        """For the status bar: battery and disk, and that the laptop may fall asleep."""
        asleep = (StatusFact("moon", "May fall asleep", "warn"),) if self._awake is False else ()
        return (*self.power.facts(), *asleep)

    # ------------------------------------------------ the visit

    def _opened(self) -> None:
        self._stream = self._desk.room.stream
        self._visit = visit = self._desk.visit
        stamp = vigil.read(self._desk.folder).get(self._stream)
        fact = vigil.reopened(visit, stamp, self._desk.now())
        if visit.signed is None:
            self._stay_awake()
            if fact is not None and self._chart(fact):
                self._tell_reopened(fact)
            self._stamp()

    def _changed(self, visit: Visit) -> None:
        self._visit = visit
        if visit.signed is not None:
            self._let_sleep()

    def _closed(self) -> None:
        for key in (SLEPT, REOPENED, ON_PAPER):
            self._desk.notices.settle(key)
        visit, self._visit = self._visit, None
        if visit is not None and visit.signed is None:
            vigil.write(self._desk.folder, self._stream, Stamp(self._desk.now(), shut=True))
        if visit is None or not _runs(visit):
            self._let_sleep()  # a locked chart whose pump runs still needs its laptop

    def _stamp(self) -> None:
        """Off the window's thread: a disk may take its time."""
        if self._visit is None or self._visit.signed is not None:
            return
        folder, stream, stamp = self._desk.folder, self._stream, Stamp(self._desk.now(), shut=False)
        self._desk.workers.start(
            lambda _job: vigil.write(folder, stream, stamp, unless=lambda: self._has_left(stream))
        )

    def _has_left(self, stream: str) -> bool:
        return self._visit is None or self._stream != stream

    def _chart(self, fact: Fact) -> bool:
        """Charts what the laptop did; that it could not is said by the desk."""
        try:
            self._desk.record(fact)
        except KetaChartError:
            return False
        return True

    # ------------------------------------------------ sleep and restarts

    def _stood_still(self, still: timedelta) -> None:
        visit = self._visit
        if visit is None or visit.signed is not None or still <= vigil.noticed(visit):
            return
        now = self._desk.now()
        if not self._chart(LaptopSlept(at=now, for_s=round(still / timedelta(seconds=1)))):
            return
        self._say(
            SLEPT,
            f"The laptop slept {length(still)}, {clock(now - still)}–{clock(now)}",
            f"Nothing could be shown meanwhile.{_due_words(self._desk.visit, now - still, now)}",
        )

    def _tell_reopened(self, fact: ChartReopened) -> None:
        visit = self._desk.visit
        missed = _due_words(visit, fact.closed_at, fact.at)
        if fact.how == "closed":
            if missed:
                self._say(
                    REOPENED,
                    f"This chart was closed {clock(fact.closed_at)}–{clock(fact.at)}",
                    missed.strip(),
                )
            return
        self._say_ended(fact, missed)
        self._ask_for_paper(fact)

    def _say_ended(self, fact: ChartReopened, missed: str) -> None:
        """What was recovered, to what moment, and what was typed and waits to be put back."""
        visit, offer = self._desk.visit, self._desk.draft_offer
        number = visit.opened.visit if visit.opened is not None else ""
        last = visit.entries[-2].recorded_at if len(visit.entries) > 1 else fact.closed_at
        ended = "ended by itself" if fact.how == "ended" else "was closed"
        happened = f"KetaChart {ended}; it was last open at {clock(fact.closed_at)}"
        detail = (
            f"Visit {number}: all of its {count(len(visit.entries) - 1, 'entry', 'entries')}, the "
            f"last of {clock_with_seconds(last)}, are here."
        )
        if not offer.words():
            self._say(REOPENED, happened, f"{detail}{missed}")
            return
        detail = f"{detail} Recovered besides, and not charted: {offer.words()}.{missed}"
        shown = Message("warn", happened, detail, act=SHOW, on_act=offer.show)
        self._desk.notices.say(REOPENED, shown)
        offer.tell()  # one notice says it

    def _ask_for_paper(self, fact: ChartReopened) -> None:
        """Only where it was away so long that something was due, or would have been charted."""
        if fact.at - fact.closed_at < AWAY:
            return
        notices = self._desk.notices
        span = f"{clock(fact.closed_at)}–{clock(fact.at)}"

        def open_sheet() -> None:
            notices.settle(ON_PAPER)
            self._desk.transcribing.offered.emit()

        notices.say(
            ON_PAPER,
            Message(
                "warn",
                "Was it charted on paper meanwhile?",
                f"Between {span} nothing could be charted here. Record the paper, then copy it.",
                act=f"Charted on paper ({key_of('paper')})",
                on_act=open_sheet,
                also="Nothing on paper",
                on_also=lambda: notices.settle(ON_PAPER),
            ),
        )

    def _say(self, key: str, happened: str, detail: str) -> None:
        notices = self._desk.notices
        on_act = lambda: notices.settle(key)  # noqa: E731 - the one thing its button does
        notices.say(key, Message("warn", happened, detail, act=_SEEN, on_act=on_act))

    # ------------------------------------------------ staying awake

    def _stay_awake(self) -> None:
        if self._release is _nothing:
            self._release = self._hardware.stay_awake(self._obeyed.emit)

    def _let_sleep(self) -> None:
        self._release()
        self._release, self._awake = _nothing, None
        self._desk.notices.settle(AWAKE)
        self.power.changed.emit()

    def _heard(self, obeys: bool) -> None:  # noqa: FBT001 - Qt's slot
        if self._release is _nothing:
            return
        self._awake = obeys
        if not obeys and not self._said_awake:  # once; the status bar says it for each visit
            self._said_awake = True
            self._say(
                AWAKE,
                "Set this laptop not to sleep",
                "It does not let KetaChart keep it awake. Open its energy settings and choose "
                "“never” for sleep, also with the lid closed.",
            )
        self.power.changed.emit()


def _nothing() -> None:
    """There is nothing to let go of."""


def _runs(visit: Visit) -> bool:
    return started_at(visit) is not None and ended_at(visit) is None


def _due_words(visit: Visit, since: datetime, until: datetime) -> str:
    """“ 2 sets were due: 14:05, 14:10.”, those that were not done; empty where none was."""
    missed = [
        clock(item.at)
        for item in due(visit, until)
        if since < item.at <= until and item.state in ("soon", "overdue", "missed")
    ]
    if not missed:
        return ""
    were = "was" if len(missed) == 1 else "were"
    return f" {count(len(missed), 'set')} {were} due: {listed(missed)}."

"""The one object that every screen talks to: what is recorded goes down, the new visit comes up.

No screen talks to another, and none reads the ledger. A screen calls a method here; when it
returns, the entry is on the disk, and `visit_changed` has told every view the same new visit.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from ketachart.errors import CannotSign, KetaChartError, LedgerError, LedgerReadOnly, Refused
from ui.language import heed_visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from ketachart.charting import (
        NewClinic,
        NewVisit,
        OpenClinic,
        OpenVisit,
        SignedReport,
        Staff,
    )
    from ketachart.charting.certificates import CertificateDesk
    from ketachart.charting.joining import NewNurse, ReadCard
    from ketachart.charting.key_renewal import RenewedKey
    from ketachart.charting.post import PostDesk
    from ketachart.charting.safekeeping import Safekeeping
    from ketachart.charting.sealing import SealingTask
    from ketachart.charting.stockroom import Stockroom
    from ketachart.charting.supervision import Supervision
    from ketachart.clock import Clock
    from ketachart.domain.editing.edit import Edit
    from ketachart.domain.facts import Fact
    from ketachart.domain.facts.closing import Addendum
    from ketachart.domain.visit import Entry, Visit
    from ui.drafts.keeper import FormKeeper
    from ui.drafts.offer import DraftOffer
    from ui.drafts.typed_last import TypedLast
    from ui.heartbeat import Heartbeat
    from ui.notices import Notices
    from ui.power import Power
    from ui.preferences import Preferences
    from ui.transcribing import Transcribing
    from ui.workers import Job, Workers

T = TypeVar("T")


class Desk(QObject):
    """Clock, ledger and open visit of this window."""

    unlocked = Signal()
    locked = Signal()
    veiled = Signal()  # the screen was covered; what was typed stands under it
    visits_changed = Signal()
    visit_opened = Signal()
    visit_closed = Signal()
    visit_changed = Signal(object)  # the new Visit, after every entry
    recorded = Signal(object)  # the Entry that was just written
    signed = Signal()  # a visit, or an addendum to it, was signed and is on the disk
    stock_changed = Signal()  # something was written in the clinic's drug book
    alerts_changed = Signal()  # one began, ended, was answered, or asks again
    beat = Signal(object)  # the chart's time, once a second

    def __init__(self, folder: Path, clock: Clock, *, demo_passphrase: str = "") -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        self.demo_passphrase = demo_passphrase
        self.power: Power | None = None  # as the laptop's guard asked it last
        self._office: OpenClinic | None = None
        self._room: OpenVisit | None = None
        self._last_saved: datetime | None = None

    # ------------------------------------------------ its parts, none before the first paint

    @cached_property
    def preferences(self) -> Preferences:
        """What this laptop remembers between starts."""
        from ui import preferences

        return preferences.read(self.folder)

    @cached_property
    def notices(self) -> Notices:
        """The messages that stand now."""
        from ui.notices import Notices

        return Notices()

    @cached_property
    def workers(self) -> Workers:
        """Who does what is slow."""
        from ui.workers import Workers

        return Workers()

    @cached_property
    def heartbeat(self) -> Heartbeat:
        """The timers of this window."""
        from ui.heartbeat import Heartbeat

        made = Heartbeat(self.clock)
        made.beat.connect(self._beat)
        return made

    @cached_property
    def drafts(self) -> FormKeeper:
        """What is typed and not recorded."""
        from ui.drafts.keeper import FormKeeper

        return FormKeeper(self, self)

    @cached_property
    def draft_offer(self) -> DraftOffer:
        """Who says that some of it waits to be put back."""
        from ui.drafts.offer import DraftOffer

        return DraftOffer(self, self.drafts)

    @cached_property
    def typed_last(self) -> TypedLast:
        """What a sheet held that was emptied a moment ago."""
        from ui.drafts.typed_last import TypedLast

        made = TypedLast()
        self.visit_closed.connect(made.forget)
        return made

    @cached_property
    def transcribing(self) -> Transcribing:
        """Which time on paper is being copied, if any."""
        from ui.transcribing import Transcribing

        made = Transcribing(self)
        self.visit_changed.connect(made.follow)
        self.visit_closed.connect(made.end)
        return made

    def prepare(self) -> None:
        """Makes what follows the ledger from its opening on, in the order in which it is told."""
        _ = self.drafts, self.draft_offer, self.transcribing, self.typed_last

    # ------------------------------------------------ time and preferences

    def now(self) -> datetime:
        """The chart's time; before unlocking the laptop's own."""
        return self._office.time.now() if self._office is not None else self.clock.now()

    def prefer(self, chosen: Preferences) -> None:
        """Keeps a choice that is not clinical."""
        from ui import preferences

        self.preferences = chosen
        preferences.write(self.folder, chosen)

    def last_saved(self) -> datetime | None:
        """When something was last written to the ledger in this session."""
        return self._last_saved

    def _beat(self, _wall: object) -> None:
        self._watch_clock()
        self.beat.emit(self.now())

    def _watch_clock(self) -> None:
        """A clock that was set is charted at once, and said in words."""
        if self._room is None:
            return
        try:
            step = self._room.note_clock()
        except LedgerError as error:
            self._trouble(error)
            return
        if step is not None:
            from ui.notices import Message

            way = "back" if step.by_s < 0 else "forward"
            self.notices.say(
                "clock",
                Message(
                    "warn",
                    f"The laptop's clock was set {way}",
                    "The chart keeps its own time; nothing charted moves. To use the new time, "
                    "lock and unlock when the infusion is over.",
                    act="I have seen it",
                    on_act=lambda: self.notices.settle("clock"),
                ),
            )
            self._tell()

    # ------------------------------------------------ the ledger

    def holds_ledger(self) -> bool:
        """Whether first start is over on this laptop."""
        from ketachart import charting

        return charting.holds_ledger(self.folder)

    def staff(self) -> tuple[Staff, ...]:
        """Who may unlock.

        Raises:
            LedgerError: the keyring cannot be read.
        """
        from ketachart import charting

        return charting.staff_on_file(self.folder)

    def seconds_to_wait(self, staff_id: str) -> int:
        """How long the next guess has to wait, seconds."""
        from ketachart import charting

        return charting.seconds_to_wait(self.folder, staff_id, self.clock)

    def unlock(self, staff_id: str, passphrase: str) -> Job:
        """Opens the ledger; the slow part runs in a worker. ``failed`` carries the sentence."""
        from ketachart import charting

        job = self.workers.start(
            lambda _job: charting.prove(self.folder, staff_id, passphrase, self.clock)
        )
        job.done.connect(lambda proof: self._enter(job, proof))
        return job

    def _enter(self, job: Job, proof: object) -> None:
        from ketachart import charting

        try:
            office = charting.enter(self.folder, proof, self.clock)  # type: ignore[arg-type]
        except KetaChartError as error:
            job.failed.emit(error)
            return
        self._open_office(office)

    def found(self, new: NewClinic) -> Job:
        """Makes the clinic on first start; the slow part runs in a worker."""
        from ketachart import charting

        job = self.workers.start(
            lambda _job: charting.prepare(new, self.clock),
        )
        job.done.connect(lambda ready: self._found(job, ready))
        return job

    def _found(self, job: Job, ready: object) -> None:
        from ketachart import charting

        try:
            office = charting.found(self.folder, ready, self.clock)  # type: ignore[arg-type]
        except KetaChartError as error:
            job.failed.emit(error)
            return
        self._open_office(office)

    def join(self, card: ReadCard, new: NewNurse) -> Job:
        """Makes this laptop's ledger from the clinic's card; the slow part runs in a worker."""
        from ketachart.charting import joining

        job = self.workers.start(lambda job: joining.prepare(card, new, self.clock, told=job.say))
        job.done.connect(lambda ready: self._join(job, ready))
        return job

    def _join(self, job: Job, ready: object) -> None:
        from ketachart.charting import joining

        try:
            office = joining.found(self.folder, ready, self.clock)  # type: ignore[arg-type]
        except KetaChartError as error:
            job.failed.emit(error)
            return
        self._open_office(office)

    def enter_with(self, proof: object) -> None:
        """Opens the ledger with a key that was proved in a worker: by the recovery key, or anew.

        Raises:
            Refused, LedgerError: nothing is open; the sentence says why.
        """
        from ketachart import charting

        self._open_office(charting.enter(self.folder, proof, self.clock))  # type: ignore[arg-type]

    def put_new_key(self, made: RenewedKey) -> None:
        """Locks the ledger, gives it its new key, and opens it again.

        Raises:
            Refused, LedgerError: the old key counts, or it is locked and opens with the same
                passphrases; the sentence says why.
        """
        office = self.office
        self.drafts.rest()
        why = office.keeping.people.why_no_new_key()  # something may be half typed by now
        if why:
            raise Refused(why, rule="no new key")
        self.close_visit()
        try:
            proof = office.keeping.people.finish_renewal(made)
        finally:
            self.lock()
        self.enter_with(proof)

    def _open_office(self, office: OpenClinic) -> None:
        from dataclasses import replace

        self.prepare()
        self._office = office
        self.prefer(replace(self.preferences, last_staff=office.staff_id))
        self.unlocked.emit()

    def lock(self) -> None:
        """Closes visit and ledger and drops the key; what was typed and not recorded is kept as a
        draft and offered back."""
        self.drafts.rest()
        self.close_visit()
        if self._office is not None:
            self._office.close()
            self._office = None
            self.locked.emit()

    @property
    def office(self) -> OpenClinic:
        """The unlocked ledger.

        Raises:
            LedgerError: it is locked.
        """
        if self._office is None:
            raise LedgerError("KetaChart is locked. Unlock it first; nothing was lost.")
        return self._office

    @property
    def is_unlocked(self) -> bool:
        """Whether a person is at the desk."""
        return self._office is not None

    # ------------------------------------------------ the visit

    def new_visit(self, new: NewVisit) -> None:
        """Opens a new visit.

        Raises:
            Refused, LedgerError: it was not opened; the sentence says why.
        """
        self._take(self.office.new_visit(new))
        self._saved()
        self.visits_changed.emit()

    def open_visit(self, stream: str) -> None:
        """Opens a visit from the list.

        Raises:
            LedgerError: it cannot be read.
        """
        self._take(self.office.open_visit(stream))

    def _take(self, room: OpenVisit) -> None:
        self._room = room
        heed_visit(room.visit)  # before any of it is shown
        self.visit_opened.emit()
        self.visit_changed.emit(room.visit)

    def close_visit(self) -> None:
        """Back to the list; everything charted is saved already."""
        if self._room is not None:
            self._room = None
            for of_this_visit in ("clock", "alerts", "emergency", "marks", "not-marked", "ems"):
                self.notices.settle(of_this_visit)
            self.visit_closed.emit()
            self.visits_changed.emit()

    @property
    def room(self) -> OpenVisit:
        """The open visit.

        Raises:
            LedgerError: none is open.
        """
        if self._room is None:
            raise LedgerError("No visit is open. Open one from the list of visits.")
        return self._room

    @property
    def has_visit(self) -> bool:
        """Whether a visit is open."""
        return self._room is not None

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self.room.visit

    # ------------------------------------------------ writing

    def new_act(self) -> str:
        """An id that a form keeps until it clears, so that a retry never charts twice."""
        return self.office.time.new_id()

    def write_stock(self, act: Callable[[Stockroom], T]) -> T:
        """Writes in the clinic's drug book; when this returns it is on the disk.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        written = self._kept(lambda: act(self.office.stock))
        self.stock_changed.emit()
        return written

    @property
    def supervision(self) -> Supervision:
        """The supervisor's desk: the queue of signed reports, questions, verdicts."""
        return self.office.supervision

    def review(self, act: Callable[[Supervision], T]) -> T:
        """Writes beside a visit what a supervisor did; when this returns it is on the disk.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._kept(lambda: act(self.supervision))

    @property
    def certificates(self) -> CertificateDesk:
        """The clinic's certificates, and the unlocked person's own."""
        return self.office.certificates

    @property
    def post(self) -> PostDesk:
        """The post desk: packages, how far each report came, tomorrow's visits."""
        return self.office.post

    def certify(self, act: Callable[[CertificateDesk], T]) -> T:
        """Keeps what the authority's key or one's own made; on the disk when this returns.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._kept(lambda: act(self.certificates))

    def mail(self, act: Callable[[PostDesk], T]) -> T:
        """Keeps what a package brought, or that one was written; on the disk when this returns.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._kept(lambda: act(self.post))

    @property
    def keeping(self) -> Safekeeping:
        """How this laptop's ledger is kept: people, backups, checks, what left it."""
        return self.office.keeping

    def keep_safe(self, act: Callable[[Safekeeping], T]) -> T:
        """Keeps what was done with the ledger itself; on the disk when this returns.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._kept(lambda: act(self.keeping))

    def adopt_protocol(self, edits: Sequence[Edit], *, reason: str, title: str) -> None:
        """Makes a supervisor's edits the clinic's next edition; on the disk when this returns.

        Raises:
            Refused, LedgerError: nothing was adopted; the sentence says why.
        """
        self._kept(lambda: self.office.policy.adopt(edits, reason=reason, title=title))

    def _kept(self, act: Callable[[], T]) -> T:
        """Writes in the ledger; that it could not is said for all to see."""
        try:
            written = act()
        except LedgerError as error:
            self._trouble(error)
            raise
        self._saved()
        self.notices.settle("ledger")
        return written

    def record(self, fact: Fact, *, act: str = "") -> Entry[Fact]:
        """Charts one fact; when this returns it is on the disk.

        Raises:
            Refused: the record does not allow it; the sentence is for the nurse.
            LedgerError: it was not saved; the sentence says what to do.
        """
        return self._write(lambda: self.room.record(fact, act=act))

    def record_all(self, *facts: Fact, act: str = "") -> tuple[Entry[Fact], ...]:
        """Charts several facts in one act.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._write(lambda: self.room.record_all(*facts, act=act))

    def strike(self, entry_id: str, reason: str, *, act: str = "") -> Entry[Fact]:
        """Strikes an entry.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._write(lambda: self.room.strike(entry_id, reason, act=act))

    def correct(
        self, entry_id: str, fact: Fact, reason: str, *, act: str = ""
    ) -> tuple[Entry[Fact], ...]:
        """Strikes an entry and charts another in its place.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._write(lambda: self.room.correct(entry_id, fact, reason, act=act))

    def conclude_screening(self, *, act: str = "") -> Entry[Fact]:
        """Closes the screening with its verdict.

        Raises:
            Refused, LedgerError: as for `record`.
        """
        return self._write(lambda: self.room.conclude_screening(act=act))

    def _write(self, act: Callable[[], T]) -> T:
        written = self._kept(act)
        entries = written if isinstance(written, tuple) else (written,)
        self._tell()
        for entry in entries:
            self.recorded.emit(entry)
        return written

    def _saved(self) -> None:
        self._last_saved = self.now()

    def _trouble(self, error: LedgerError) -> None:
        if isinstance(error, LedgerReadOnly):
            return  # a banner says so as long as it is so
        from ui.notices import Message

        self.notices.say("ledger", Message("danger", "That was not saved", str(error)))

    def _tell(self) -> None:
        if self._room is not None:
            heed_visit(self._room.visit)
            self.visit_changed.emit(self._room.visit)

    # ------------------------------------------------ signing

    def sign(self, passphrase: str, *, incomplete: str = "") -> Job:
        """Signs the visit; rendering and signing run in a worker, which says what it is doing.

        Raises:
            CannotSign, LedgerError: before anything was started.
        """
        room = self.room
        return self._seal(room, room.begin_signature(incomplete=incomplete), passphrase)

    def add_addendum(self, addendum: Addendum, passphrase: str) -> Job:
        """Adds to a signed visit; the new version is made and signed in a worker.

        Raises:
            Refused, CannotSign, LedgerError: before anything was started.
        """
        room = self.room
        return self._seal(room, room.begin_addendum(addendum), passphrase)

    def _seal(self, room: OpenVisit, task: SealingTask, passphrase: str) -> Job:
        job = self.workers.start(lambda job: task.work(passphrase, job.say))
        job.done.connect(lambda sealed: self._finish(job, room, sealed))
        return job

    def _finish(self, job: Job, room: OpenVisit, sealed: object) -> None:
        if room is not self._room:
            job.failed.emit(
                CannotSign(
                    "The visit was closed before it was signed. Nothing was signed: open it, "
                    "and sign again."
                )
            )
            return
        try:
            room.finish_signature(sealed)  # type: ignore[arg-type]
        except KetaChartError as error:
            job.failed.emit(error)
            return
        self._saved()
        self._tell()
        self.signed.emit()

    def preview(self, width_px: int) -> Job:
        """The report as it would print now, drawn in a worker: a tuple of pages with their pixels.

        The first page is handed over before the rest.

        Raises:
            LedgerError: no visit is open, or the signed file cannot be read.
        """
        task = self.room.preview_task()
        return self.workers.start(lambda job: task.work(width_px, job.hand))

    def emergency_sheet(self) -> Job:
        """The page for the ambulance crew, drawn in a worker from the visit as it stands.

        Raises:
            LedgerError: no visit is open.
        """
        from ketachart.charting.handing_over import HandoverTask

        task = HandoverTask(self.visit, self.now())
        return self.workers.start(lambda _job: task.work())

    def signed_report(self) -> SignedReport | None:
        """The signed file of the open visit."""
        return self.room.signed_report()

    def close(self) -> None:
        """The window is closing: stop timers and workers, lock."""
        self.heartbeat.stop()
        self.lock()  # first: whoever hears of it may still begin a job
        self.workers.close()

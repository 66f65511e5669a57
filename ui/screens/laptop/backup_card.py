"""Backup: where it goes, how old the last one is, making the next, trying a restore out."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import age_words, breakable
from ui.screens.laptop.copies import key_of_copy, row_of_copy
from ui.screens.laptop.part import ROOM, Part
from ui.screens.laptop.progress import Progress
from ui.stick_watch import StickWatch
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.key_value import KeyValue
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import RowList
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.backups import BackupDesk
    from ketachart.charting.rehearsing import Rehearsed
    from ketachart.charting.restoring import CopyInfo

_LEAST: Final = 120  # the list of backups is never lower; the page scrolls
_BY_ITSELF: Final = "by itself after each signature and before KetaChart closes"
_NO_PLACE: Final = "Choose a place first"
_NOT_THERE: Final = "Plug the stick in"
_NOWHERE: Final = (
    "No place is chosen yet",
    f"{key_of('backup-place')} chooses one: best a USB stick that is kept apart from the laptop.",
)
_NONE_YET: Final = (
    "No backup of this ledger lies there yet",
    f"“Back up now” ({key_of('primary')}) makes the first one. Go on charting meanwhile.",
)
_LOOKING: Final = ("Looking what lies there", "A slow stick takes a moment. Go on charting.")
_UNREAD: Final = "The place cannot be read"


class BackupPart(Part):
    """Everything slow is a worker's; what it made is written in the ledger by the window."""

    def __init__(self, desk: Desk, backing_up: BackingUp) -> None:
        super().__init__("Backup", sign="usb")
        self._desk, self._backing = desk, backing_up
        self._watch = StickWatch(desk, self)
        self._rehearsing: Job | None = None
        self._reading: Job | None = None
        self._copies: tuple[CopyInfo, ...] = ()
        self.standing = Trouble("How the backup stands")
        self.warning = Trouble("What speaks against this place")
        self.said = Trouble("What came of it")
        self.progress = Progress("The backup", key=key_of("halt"))
        self.primary = PrimaryButton("Back up now", sign="usb", key=key_of("primary"))
        self.choose = Button("Choose the place", sign="folder", key=key_of("backup-place"))
        self.rehearse = Button("Rehearse a restore", sign="history", key=key_of("rehearse"))
        self.restore = Button("Restore…", sign="rotate-ccw", key=key_of("restore"), kind=Kind.QUIET)
        self._there = EmptyState("usb", _NOWHERE[0], explained=_NOWHERE[1], small=True)
        self.list = RowList("Backups at this place")
        for part in (self.standing, self.warning, self.said, self.progress):
            self.add(part)
        self.add(self.facts)
        self.add(self.ways(self.primary, self.choose, self.rehearse, self.restore))
        self.add(Words("Backups at this place", weight=tokens.SEMIBOLD))
        self.add(self._there)
        self.add(self.list, stretch=ROOM)
        self.add_room()
        self.dress(theme.look())
        self._connect()

    def _connect(self) -> None:
        self.primary.clicked.connect(self._back_up)
        self.choose.clicked.connect(self.choose_place)
        self.rehearse.clicked.connect(self.begin_rehearsal)
        self.progress.stop.clicked.connect(self.halt)
        # methods, not lambdas: these outlive this screen
        self._watch.changed.connect(self.changed)
        self._backing.progress.connect(self._backed_up)
        self._backing.ended.connect(self._ended)
        self._desk.locked.connect(self._locked)

    def dress(self, look: theme.Look) -> None:
        """A few backups are always seen."""
        super().dress(look)
        if hasattr(self, "list"):
            self.list.setMinimumHeight(look.px(_LEAST))

    @property
    def _backups(self) -> "BackupDesk":
        return self._desk.keeping.backups

    # ------------------------------------------------ what is shown

    def renew(self) -> None:
        """As it stands now; the stick is asked by a worker."""
        try:
            place, now = self._backups.place(), self._desk.now()
            overdue, sight = self._backups.overdue(now), self._backups.sight()
            self.show_facts(self._told(place, now))
        except KetaChartError as error:
            self.standing.say("What is known of the backups cannot be read", str(error))
            return
        self._say_standing(overdue)
        if sight is not None and sight.warning:
            self.warning.say("Better on another disk", sight.warning, tone="warn")
        else:
            self.warning.settle()
        self._show_ways(place)
        self._watch.look()
        self._read_copies(place)

    def _say_standing(self, overdue: str) -> None:
        if overdue:
            if self._backups.last() is None:
                self.standing.say("Never backed up", overdue)
            else:
                self.standing.say("A backup is overdue", overdue, tone="warn")
        else:
            self.standing.settle()

    def _told(self, place: Path | None, now: datetime) -> tuple[KeyValue, ...]:
        last, rehearsal = self._backups.last(), self._backups.last_rehearsal()
        where = KeyValue("Place", breakable(place) if place else "none chosen yet")
        made = KeyValue("Last one", "none", "danger")
        if last is not None:
            when = day_and_clock(last.made_at.astimezone(now.tzinfo))
            entries = count(last.made.head_seq, "entry", "entries")
            words = f"{when}, {age_words(last.made_at, now)}; {entries}, read back and found whole"
            made = KeyValue("Last one", words)
        tried = KeyValue("Rehearsed", "not yet: only a restore shows that a backup is good", "warn")
        if rehearsal is not None:
            when = day_and_clock(rehearsal.at.astimezone(now.tzinfo))
            tried = KeyValue("Rehearsed", f"{when}, and it could be restored")
        return where, made, tried, KeyValue("Made", _BY_ITSELF)

    def state(self) -> tuple[str, str]:
        """One line and its tone, for the list of parts."""
        try:
            last, overdue = self._backups.last(), self._backups.overdue(self._desk.now())
        except KetaChartError:
            return "cannot be read", "danger"
        if last is None:
            return "never", "danger"
        return age_words(last.made_at, self._desk.now()), "warn" if overdue else "ok"

    @property
    def _busy(self) -> bool:
        return self._backing.running or self._rehearsing is not None

    def _show_ways(self, place: Path | None) -> None:
        busy = self._busy
        if not busy:
            self.progress.settle()
        elif self.progress.isHidden():
            self.progress.say("Backing up. Go on charting.", 0.0)
        why = "" if place else _NO_PLACE
        sight = self._backups.sight()
        if sight is not None and not sight.there:
            why = _NOT_THERE
        if self._desk.office.read_only is not None:
            why = "This ledger can only be read"
        why = "One moment" if busy else why
        if why:
            self.primary.close_because(why)
        else:
            self.primary.reopen()

    # ------------------------------------------------ the backups there

    def _read_copies(self, place: Path | None) -> None:
        if place is None:
            self._show_copies(())
            self._there.tell(*_NOWHERE)
            return
        from ketachart.charting.restoring import copies_at

        if self.list.isHidden():
            self._there.tell(*_LOOKING)
        self._reading = job = self._desk.workers.start(lambda _job: copies_at(place))
        job.done.connect(lambda copies: self._have_read(job, copies))
        job.failed.connect(self._cannot_read)

    def _have_read(self, job: Job, copies: "tuple[CopyInfo, ...]") -> None:
        if self._reading is job:
            self._show_copies(copies)

    def _show_copies(self, copies: "tuple[CopyInfo, ...]") -> None:
        own, newest = self._desk.keeping.backups.ledger_id, len(copies) != len(self._copies)
        self._copies = copies
        mine = [copy for copy in copies if copy.ledger_id in {own, ""}]
        self.list.show_rows(tuple(row_of_copy(copy, self._desk.now()) for copy in mine))
        if mine and newest:
            self.list.choose(key_of_copy(mine[0]))
        self.list.setVisible(bool(mine))
        self._there.tell(*_NONE_YET)
        self._there.setVisible(not mine)

    def _cannot_read(self, error: object) -> None:
        self.list.setVisible(False)
        self._there.tell(_UNREAD, str(error))
        self._there.setVisible(True)

    # ------------------------------------------------ acts

    def choose_place(self) -> None:
        """Asks for a folder or a stick; a file is written there and taken away again."""
        if self._busy:
            return
        start = self._backups.place() or Path.home()
        chosen = Dialogs.ask_folder(self, "Where backups go", start)
        if chosen is None:
            return
        try:
            self._desk.keep_safe(lambda keeping: keeping.backups.choose(chosen))
        except KetaChartError as error:
            self.said.say("Backups cannot go there", str(error))
            return
        self.said.settle()
        self.changed.emit()
        self.primary.setFocus()

    def press(self) -> None:
        """What Ctrl+Enter does here."""
        self.primary.press()

    def _back_up(self) -> None:
        self.said.settle()
        if not self._backing.begin("asked for"):
            self.said.say("No backup was begun", "Choose a place for it first.")
        self.changed.emit()

    def _backed_up(self, part: float) -> None:
        self.progress.say(f"Backing up, {part:.0%}. Go on charting.", part)

    def _locked(self) -> None:
        """Nobody waits any more for what was asked of the stick."""
        self._reading = None
        if self._rehearsing is not None:
            self._rehearsing.cancel()
            self._rehearsing = None

    def _ended(self, why: str) -> None:
        if not self._desk.is_unlocked:
            return
        if why:
            self.said.say("No backup was made", why)
        self.changed.emit()

    def begin_rehearsal(self) -> None:
        """Makes the newest backup into a ledger beside this one, reads it, throws it away."""
        if self._busy:
            return
        self.said.settle()
        task = self._backups.rehearsal()
        job = self._rehearsing = self._desk.workers.start(
            lambda job: task.work(job.say, job.step, job.cancelled)
        )
        told = ["Rehearsing a restore"]
        job.said.connect(lambda words: told.__setitem__(0, words))
        job.progress.connect(lambda done, of: self._stepped(job, told[0], done / max(1, of)))
        job.done.connect(lambda rehearsed: self._rehearsed(job, rehearsed))
        job.failed.connect(lambda error: self._not_rehearsed(job, str(error)))
        job.stopped.connect(lambda: self._not_rehearsed(job, ""))
        self.progress.say(told[0], 0.0)
        self.changed.emit()

    def _stepped(self, job: Job, words: str, part: float) -> None:
        if self._rehearsing is job:
            self.progress.say(f"Rehearsal: {words[:1].lower()}{words[1:]}, {part:.0%}", part)

    def _rehearsed(self, job: Job, rehearsed: "Rehearsed") -> None:
        if self._rehearsing is not job or not self._desk.is_unlocked:
            return
        self._rehearsing = None
        try:
            self._desk.keep_safe(lambda keeping: keeping.backups.finish_rehearsal(rehearsed))
        except KetaChartError as error:
            self.said.say(rehearsed.sentence, str(error), tone="warn")
        else:
            self.said.say("A restore works", rehearsed.sentence, tone="ok")
        self.changed.emit()

    def _not_rehearsed(self, job: Job, why: str) -> None:
        if self._rehearsing is not job or not self._desk.is_unlocked:
            return
        self._rehearsing = None
        if why:
            self.said.say("The rehearsal was not finished", why)
        self.changed.emit()

    def halt(self) -> None:
        """Stops what runs; nothing was changed by it."""
        if self._rehearsing is not None:
            self._rehearsing.cancel()
            self._rehearsing = None
        self._backing.cancel()
        self.changed.emit()

    def begin(self) -> None:
        """To what is to be done next."""
        (self.primary if self._backups.place() else self.choose).setFocus()

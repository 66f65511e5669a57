"""Visits that may leave this laptop: the policy, each signed visit and why it stays, letting go."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ketachart.domain.wording import count, day
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.screens.laptop.looking import LettingGo, Looking
from ui.screens.laptop.part import ROOM, Part
from ui.screens.laptop.progress import Progress
from ui.screens.laptop.retention import RetentionSheet
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.key_value import KeyValue
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.leaving import Standing

_MOST: Final = 300  # rows shown: those that may leave, then the others
_LEAST: Final = 140
_LEAVES: Final = (
    "What leaves: everything charted in these visits, the signed report, and every word about "
    "their patients. It cannot be brought back from this laptop."
)
_STAYS: Final = (
    "What stays: the number and day of each visit, the drug's book, the clinic's receipt, and an "
    "entry that it left. The clinic has the signed report, and the verified backup has the rest."
)


class LeavingPart(Part):
    """Nothing leaves by itself: somebody reads what goes and what stays, and presses the button."""

    emptied = Signal()  # the keyboard was in the list, and there is none

    def __init__(self, desk: Desk) -> None:
        super().__init__("Visits on this laptop", sign="clipboard-list")
        self._desk = desk
        self._ready: tuple[Standing, ...] = ()
        self._known = False
        self._looking, self._letting = Looking(desk, self), LettingGo(desk, self)
        self.said = Trouble("What came of it")
        self.progress = Progress("Visits that leave", key=key_of("halt"))
        self.primary = PrimaryButton("Let visits go", sign="log-out", key=key_of("primary"))
        self.set = Button("How long visits stay", sign="calendar", key=key_of("retention"))
        self.list = RowList("Signed visits on this laptop")
        self.sheet = RetentionSheet(desk)
        self.sure = PrimaryButton("Let them go", key=key_of("primary"))
        self.not_sure = Button("Leave them here", key="Esc", kind=Kind.QUIET)
        self._which = Words(weight=tokens.SEMIBOLD)
        self._usual, self._asked = Column(gap=tokens.S3), self._question()
        self._stack = QStackedWidget()
        for part in (self.said, self.progress, self.facts):
            self._usual.add(part)
        self.add(self._stack, stretch=1)
        for page in (self._usual, self._asked, self.sheet):
            self._stack.addWidget(page)
        self._usual.add(self.ways(self.primary, self.set))
        self._none = EmptyState(
            "clipboard-list",
            "No signed visit here",
            explained="Each visit that is signed on this laptop stands here, with what holds it.",
            small=True,
        )
        self._none.hide()  # until it was looked
        self._usual.add(self.list, stretch=ROOM)
        self._usual.add(self._none)
        self._usual.add_room()
        self.dress(theme.look())
        self._connect()

    def _question(self) -> Column:
        page = Column(gap=tokens.S3)
        page.add(Words("Let these visits go?", size="h2", weight=tokens.SEMIBOLD))
        page.add(self._which)
        page.add(Words(_LEAVES))
        page.add(Words(_STAYS))
        foot = Row(gap=tokens.S3)
        foot.add(self.not_sure)
        foot.add(self.sure, stretch=1)
        page.add(foot)
        page.add_room()
        return page

    def _connect(self) -> None:
        self.primary.clicked.connect(self._ask)
        self.sure.clicked.connect(self._go)
        self.not_sure.clicked.connect(self.back)
        self.set.clicked.connect(self.set_policy)
        self.sheet.kept.connect(self._kept)
        self.sheet.left.connect(self.back)
        self.progress.stop.clicked.connect(self.halt)
        self._looking.ended.connect(self._show)
        self._looking.failed.connect(
            lambda why: self.said.say("The visits cannot be looked through", why)
        )
        self._letting.stepped.connect(self._stepped)
        self._letting.ended.connect(self._ended)

    def dress(self, look: theme.Look) -> None:
        """A few rows are always seen."""
        super().dress(look)
        if hasattr(self, "list"):
            self.list.setMinimumHeight(look.px(_LEAST))

    # ------------------------------------------------ what is shown

    def renew(self) -> None:
        """The policy at once; the visits are looked through in turns."""
        try:
            self.show_facts(self._policy())
        except KetaChartError as error:
            self.said.say("What visits stay cannot be read", str(error))
            return
        supervisor = self._desk.office.nurse.role == "supervisor"
        self.set.setVisible(supervisor)
        self.primary.close_because("The visits are being looked through")
        if not self._letting.running:
            self._looking.begin()

    def _policy(self) -> tuple[KeyValue, ...]:
        leaving = self._desk.keeping.leaving
        days = leaving.policy()
        who = KeyValue("Set by", "a supervisor who unlocks this laptop")
        if days is None:
            return KeyValue("Visits stay", "all of them, for as long as nobody says otherwise"), who
        which = "received" if leaving.takes_unreviewed() else "reviewed"
        told = f"{count(days, 'day')} after signing, once the clinic has {which} them"
        return KeyValue("Visits stay", told), who

    def _show(self, standings: "tuple[Standing, ...]") -> None:
        self._known = True
        self._ready = tuple(one for one in standings if one.ready)
        held = [one for one in standings if not one.ready]
        rows = [*(_row(one) for one in self._ready), *(_row(one) for one in held)]
        self.list.show_rows(tuple(rows[:_MOST]))
        stood = self.list.hasFocus()
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        if stood and not rows:
            self.emptied.emit()
        told = count(len(standings), "signed visit")
        self.heading.set_aside(told if len(rows) <= _MOST else f"{told}, {_MOST} shown")
        if self._ready:
            self.primary.set_words(f"Let {count(len(self._ready), 'visit')} go")
            self.primary.reopen()
        else:
            self.primary.set_words("Let visits go")
            self.primary.close_because("No visit may leave now" if rows else "No signed visit here")
        self.stated.emit()

    def state(self) -> tuple[str, str]:
        """One line and its tone, for the list of parts."""
        if not self._known:
            return "how long they stay", "muted"
        if self._ready:
            return f"{len(self._ready)} may leave", "text"
        return "none may leave now", "muted"

    # ------------------------------------------------ letting go

    def press(self) -> None:
        """What Ctrl+Enter does here."""
        page = self._stack.currentWidget()
        if page is self._asked:
            self.sure.press()
        elif page is self.sheet:
            self.sheet.primary.press()
        else:
            self.primary.press()

    def _ask(self) -> None:
        numbers = [one.row.number for one in self._ready]
        shown = ", ".join(numbers[:12])
        more = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""
        self._which.setText(f"{count(len(numbers), 'visit')}: {shown}{more}")
        self.said.settle()
        self._stack.setCurrentWidget(self._asked)
        self.not_sure.setFocus()  # a stray Enter does nothing

    def _go(self) -> None:
        self._stack.setCurrentWidget(self._usual)
        self.primary.close_because("Visits are leaving")
        self._letting.begin(tuple(one.row.stream for one in self._ready))
        self._stepped(0, len(self._ready))
        self.begin()

    def _stepped(self, done: int, of: int) -> None:
        self.progress.say(f"{done} of {count(of, 'visit')} left", done / max(1, of))

    def _ended(self, done: int, why: str) -> None:
        self.progress.settle()
        if not self._desk.is_unlocked:
            return
        left = count(done, "visit")
        if why:
            self.said.say(f"{left} left, then it stopped", why)
        else:
            stay = "The clinic has them, and so has the backup."
            self.said.say(f"{left} left this laptop", stay, tone="ok")
        self._desk.visits_changed.emit()
        self.changed.emit()

    def rest(self) -> None:
        """Nobody looks any more."""
        self._looking.stop()

    def halt(self) -> None:
        """After the visit that is leaving now."""
        self._letting.stop()

    # ------------------------------------------------ the policy

    def set_policy(self) -> None:
        """The sheet, for a supervisor; others are told who does."""
        if self._desk.office.nurse.role != "supervisor":
            self.said.say(
                "A supervisor sets this",
                "Nothing was changed. Ask your clinic's supervisor to unlock and set it.",
                tone="warn",
            )
            return
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.show_policy()

    def _kept(self) -> None:
        self.back()
        self.said.say("Saved", "It is in the laptop's book.", tone="ok")
        self.changed.emit()

    def back(self) -> bool:
        """Out of the question or the sheet."""
        if self._stack.currentWidget() is self._usual:
            return False
        self._stack.setCurrentWidget(self._usual)
        self.begin()
        return True

    def begin(self) -> None:
        """To the visits."""
        if self.list.isHidden():
            (self.set if not self.set.isHidden() else self.primary).setFocus()
        else:
            self.list.setFocus()


def _row(standing: "Standing") -> ListRow:
    row = standing.row
    what = f"{row.number}, {day(row.day)}\n{row.patient}"
    if standing.ready:
        return ListRow(row.stream, what, "", mark="May leave", sign="circle-check", tone="ok")
    return ListRow(row.stream, what, "Stays", under=standing.why)

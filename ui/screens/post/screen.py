"""Packages: what waits for whom, made and taken in; how far each signed report came."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketachart.charting.post_shapes import Outbox, Packed
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.plans.door import plans_here
from ui.screens.post.cards import OutboxCard, ReportsCard, TakenCard
from ui.screens.post.packing import Packing
from ui.screens.post.plans import PlansCard
from ui.screens.post.portions import Portions
from ui.screens.post.side import PostSide
from ui.screens.post.taking import FileTaken, Taking
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from ketachart.charting import VisitRow
    from ketachart.charting.post import PostDesk

_MOST: Final = 40  # visits whose way is told, the newest; the list of visits tells of all
_AT_ONCE: Final = 5  # of their ways, worked out at one turn


def _to_do(post: "PostDesk") -> tuple[str, str]:
    """What somebody has to do next with what came in."""
    if post.granted():
        return "Your certificate came", "Put it to your key, and you can sign."
    asking = [each.fact.name for each in post.requests() if not each.granted]
    if asking:
        who = " and ".join(asking)
        return f"{who} asks to join", "Compare the key by phone, then issue the certificate."
    return "", ""


class PostScreen(Screen, Dressed):
    """Everything slow is a worker's; what was typed stays until the package is on the disk."""

    title = "Post"
    keys = (
        ("Ctrl+Enter", "make a package"),
        (key_of("take-in"), "take one in"),
        ("↑ ↓", "choose"),
        ("Enter", "open the visit"),
        ("Esc", "back"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self.outbox, self.reports, self.taken = OutboxCard(), ReportsCard(), TakenCard()
        self.plans = PlansCard()
        self.side, self._trouble = PostSide(), Trouble("What is wrong")
        self.taking, self.packing = Taking(desk), Packing(desk, self)
        self._lists = Column(gap=tokens.GUTTER)
        for part in (self._trouble, self.taken, self.outbox, self.plans, self.reports):
            self._lists.add(part)
        self._lists.add_room()
        self._whole = Scroller("Packages", self._lists)
        self._whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self._whole.setProperty("bare", "true")
        self._portions = Portions(self, may=lambda: desk.is_unlocked, ended=self._renewed)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._whole, 1)
        self.setAcceptDrops(True)
        self._connect()
        self.dress(theme.look())

    def _connect(self) -> None:
        self.outbox.turned.connect(self._turn)
        self.reports.list.opened.connect(self._open)
        self.plans.list.opened.connect(self._change_plan)
        self.plans.new.clicked.connect(lambda: self._window.act("plan-visit"))
        self.taken.seen.clicked.connect(self.side.begin)
        self.side.made.connect(self._make)
        self.side.save_wanted.connect(self.packing.save)
        for take in (self.side.take, self.outbox.take):
            take.clicked.connect(self._ask_files)
        self.side.certificates.clicked.connect(lambda: self._window.act("certificates"))
        self.side.stop.clicked.connect(self.taking.stop)
        self.packing.told.connect(self.side.say_busy)
        self.packing.failed.connect(self.side.say_failed)
        self.packing.unsaved.connect(self.side.say_unsaved)
        self.packing.saved.connect(self._saved)
        self.taking.told.connect(self.side.show_step)
        self.taking.ended.connect(self._took)

    # ------------------------------------------------ width

    def dress(self, look: Look) -> None:
        """Lists and acts beside each other; acts above the lists where it is narrower or low."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        column = look.px(tokens.ACTION_WIDTH)
        low = self.height() - 2 * gutter < self.side.heightForWidth(column)
        narrow = low or self.width() < look.px(tokens.MIDDLE)
        self.side.take_width(all_of_it=narrow)
        holder: QWidget = self._lists if narrow else self
        if self.side.parentWidget() is holder:
            return
        focused: QWidget | None = self.focusWidget()
        if narrow:
            self._lists.put_first(self.side)
        else:
            self._line.addWidget(self.side)
        self.side.show()
        if focused is not None and self.side.isAncestorOf(focused):
            focused.setFocus()  # where it stood before it moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self.dress(theme.look())

    # ------------------------------------------------ what is shown

    def arrive(self) -> None:
        """As it stands now."""
        self._renew()
        self.side.begin()

    def _renew(self) -> None:
        """The boxes at once; the plans, and how far the reports came, in the turns to come."""
        self._portions.begin(self._parts())

    def _parts(self) -> Iterator[None]:
        self._show_boxes()
        yield
        self.side.show_to_do(*_to_do(self.desk.post))
        self._show_plans()
        yield
        yield from self._show_reports()

    def _renewed(self, error: KetaChartError | None) -> None:
        if error is None:
            self._trouble.settle()
        else:
            self._trouble.say("The packages could not be read", str(error))
        self.dress(theme.look())

    def _show_boxes(self) -> None:
        self.outbox.show_whom(self.desk.post.correspondents())
        box = self._box()
        patients = {row.stream: f"{row.patient}, {row.number}" for row in self._rows(box)}
        self.outbox.show_outbox(box, patients)
        self.side.show_outbox(box)

    def _box(self) -> Outbox | None:
        ledger = self.outbox.ledger()
        return self.desk.post.outbox(ledger) if ledger else None

    def _rows(self, box: Outbox | None) -> "list[VisitRow]":
        """The visits that something waits for."""
        streams = {line.stream for line in box.lines} if box is not None else set()
        found = (self.desk.office.visit_row(stream) for stream in sorted(streams - {""}))
        return [row for row in found if row is not None]

    def _show_plans(self) -> None:
        here = plans_here(self.desk)
        self.plans.setVisible(here)
        if here:
            post, today = self.desk.post, self.desk.now().date()
            self.plans.show_plans(post.planned(), dict(post.nurses()), today)

    def _show_reports(self) -> Iterator[None]:
        desk, now = self.desk.post, self.desk.now()
        recent = self.desk.office.visits(limit=2 * _MOST)
        signed = [row for row in recent if row.status == "signed"]
        newest = sorted(signed, key=lambda row: (row.day, row.number), reverse=True)[:_MOST]
        standings = {}
        for number, row in enumerate(newest, start=1):
            standings[row.stream] = desk.standing(row.stream)
            if number % _AT_ONCE == 0:
                yield
        self.reports.show_reports(newest, standings, now, posts=not desk.is_clinic)

    def _turn(self) -> None:
        """Another correspondent: what was made for the one before is dropped."""
        self.packing.drop()
        self._renew()

    # ------------------------------------------------ planned visits

    def say_planned(self, words: str) -> None:
        """A plan was kept: it is on the disk, and waits for a package."""
        self.side.result.say("Kept", words, tone="ok")
        self.dress(theme.look())

    def _change_plan(self, item: str) -> None:
        from ui.screens.plans.screen import PlanVisitScreen

        planned = self.plans.plan(item)
        if planned is None:
            return
        if planned.state == "visit opened":
            self._trouble.say(
                "This visit was opened already",
                "Nothing was changed: its report came. Ask about it in the review, or plan anew.",
                tone="warn",
            )
            return
        form = self._window.show_screen("plan-visit")
        if isinstance(form, PlanVisitScreen):
            form.change(planned)

    # ------------------------------------------------ sending

    def _make(self, passphrase: str) -> None:
        self.packing.make(self.outbox.ledger(), passphrase)

    def _saved(self, packed: Packed, path: Path) -> None:
        self.side.say_saved(packed, path)
        self._renew()
        self.side.begin()

    # ------------------------------------------------ taking in

    def _ask_files(self) -> None:
        start = Path(self.desk.preferences.export_folder or Path.home())
        paths = Dialogs.ask_files(self, "Take in packages", start, "Packages (*.keta)")
        if paths:
            self.desk.prefer(replace(self.desk.preferences, export_folder=str(paths[0].parent)))
            self.taking.take(*paths)

    def _took(self, files: tuple[FileTaken, ...]) -> None:
        self.side.show_step("")
        self.taken.show_files(files)
        if self.desk.is_unlocked:
            self._renew()
        self.taken.seen.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the screen."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if they had been chosen."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.taking.take(*paths)

    # ------------------------------------------------ acts

    def _open(self, stream: str) -> None:
        try:
            self.desk.open_visit(stream)
        except KetaChartError as error:
            self._trouble.say("This visit could not be opened", str(error))

    def _leave(self) -> None:
        """To the open visit, or to the list: both are shown as they stand now."""
        self._window.show_screen("visit" if self.desk.has_visit else "day")

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self.side.primary.press,
            "take-in": self.side.take.click,
            "seen": self.taken.seen.click,
            "back": self._leave,
            "day": self._leave,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def strip(self) -> tuple[str, str]:
        """Whose packages."""
        return (self.title, f"By file, never by network   {self.desk.office.clinic.name}")

"""A newer KetaChart from a file on a stick, and back to the version before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart import resources
from ketachart.errors import KetaChartError
from ui import tokens
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.step_pages import over_foot
from ui.screens.update.pages import DonePage, FilePage, LookPage, Rail, WorkPage
from ui.screens.update.working import Updating
from ui.widgets.booklet import Booklet
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from ketachart.charting.going_back import BackPlan
    from ketachart.charting.installing import Ready
    from ketachart.charting.updating import Seen

FILE, LOOK, WORK, DONE = range(4)
_PUT_IN: Final = "Keep the ledger, and put it in"
_IN_PRACTICE: Final = (
    "This is practice, with a clinic that is thrown away. Leave practice, and update from the real "
    "charts."
)


class UpdateScreen(Screen):
    """Nothing is changed before the look at the file; nothing is half changed after it."""

    title = "Update KetaChart"
    keys = (("Ctrl+Enter", "go on"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._step = FILE
        self._seen: Seen | None = None
        self._plan: BackPlan | None = None
        self._ready: Ready | None = None
        self.updating = Updating(desk, self)
        self.rail = Rail()
        self.file, self.look = FilePage(), LookPage()
        self.work, self.done = WorkPage(), DonePage()
        self.pages = (self.file, self.look, self.work, self.done)
        self.trouble = Trouble("Why it does not go on")
        self.way_back = Button("Back", key="Esc")
        self.primary = PrimaryButton("Choose the update file", key="Ctrl+Enter")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        right = over_foot((*self.pages, self.trouble), self.way_back, self.primary)
        whole.addWidget(Booklet(self.title, self.rail, right, sizes=tokens.GUIDE_CARD))
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.primary.clicked.connect(self._go_on)
        self.way_back.clicked.connect(self._back)
        self.file.former.clicked.connect(self._ask_back)
        self.updating.said.connect(self.work.say)
        self.updating.progress.connect(self.work.show_part)
        self.updating.seen.connect(self._show_seen)
        self.updating.ready.connect(self._show_ready)
        self.updating.ended.connect(self._came_to_nothing)

    # ------------------------------------------------ what is shown

    def arrive(self) -> None:
        """To what is to be done next; what was put in before is read anew."""
        if self._step == FILE:
            self._show_known()
        self._begin()

    def _begin(self) -> None:
        if self._step in (FILE, DONE):
            self.primary.setFocus()
        else:
            self.pages[self._step].begin()

    def _show_known(self) -> None:
        from ketachart.charting import updating

        here = updating.this_one()
        self.file.show_known(here.version, resources.built(), updating.changes(self.desk.folder))

    def _show(self) -> None:
        for page in self.pages:
            page.setVisible(page is self.pages[self._step])
        self.rail.show_step(self._step)
        self._show_way()

    def _go_to(self, step: int) -> None:
        self._step = step
        self.trouble.settle()
        self._show()
        self._begin()

    def _show_way(self) -> None:
        words, why = self._wanted()
        self.primary.set_words(words)
        if why:
            self.primary.close_because(why)
        else:
            self.primary.reopen()
        self.way_back.set_words("Stop" if self._step == WORK else "Back")
        self.way_back.setVisible(self._step != DONE)

    def _wanted(self) -> tuple[str, str]:
        """What the main button does now, and what it waits for."""
        if self._step == LOOK and self._plan is not None:
            return "Go back to this version", ""
        if self._step == LOOK and self._seen is not None:
            return ("Choose another file" if self._seen.why_not else _PUT_IN), ""
        if self._step == WORK:
            return "One moment…", "Wait until it is done"
        return ("Close KetaChart" if self._step == DONE else "Choose the update file"), ""

    # ------------------------------------------------ the steps

    def _go_on(self) -> None:
        if self.primary.why_closed():
            return
        if self._step == DONE:
            self._close()
        elif self._step == LOOK and self._plan is not None:
            self._go_back(self._plan)
        elif self._step == LOOK and self._seen is not None and not self._seen.why_not:
            self._put_in(self._seen)
        else:
            self._ask_file()

    def _ask_file(self) -> None:
        start = Path(self.desk.preferences.export_folder or Path.home())
        kinds = "Updates (*.ketachart-update)"
        chosen = Dialogs.ask_files(self, "Choose the update file", start, kinds)
        if chosen:
            self.look_at(chosen[0])

    def look_at(self, path: Path) -> None:
        """Reads a file, all of it; nothing is kept of it."""
        self.desk.prefer(replace(self.desk.preferences, export_folder=str(path.parent)))
        self._go_to(WORK)
        self.rail.show_step(LOOK)  # nothing is put in yet
        self.work.begin_with("The update is being looked at")
        self.work.say("Reading all of it, and comparing it with what its makers signed")
        self.updating.look(path)

    def _show_seen(self, seen: Seen) -> None:
        self._seen, self._plan = seen, None
        self.look.show_seen(seen, self.desk.now(), self._battery())
        self._go_to(LOOK)

    def _battery(self) -> str:
        from ketachart.charting import updating

        power = self.desk.power
        if power is None or power.battery is None:
            return ""
        return updating.battery_words(power.battery.percent, charging=power.battery.charging)

    def _put_in(self, seen: Seen) -> None:
        why = self._why_not_now()
        if why:
            self.trouble.say("Not now", why, tone="warn")
            return
        self._go_to(WORK)
        self.work.begin_with(f"KetaChart {seen.told.version} is being put in")
        self.updating.put_in(seen.path)

    def _why_not_now(self) -> str:
        from ketachart.charting import updating

        if getattr(self._window, "says_practice", False):
            return _IN_PRACTICE
        if not self.desk.is_unlocked:
            return ""
        now = self.desk.now()
        return updating.why_not_now(self.desk.office.visits_at_hand(now.date()), now)

    def _ask_back(self) -> None:
        """What going back would do; nothing is done before the main button is pressed."""
        if self._step != FILE:
            return
        from ketachart.charting import going_back, updating

        try:
            office = self.desk.office if self.desk.is_unlocked else None
            plan = going_back.plan(self.desk.folder, updating.this_one(), office, None)
        except KetaChartError as error:
            self.trouble.say("There is no way back from here", str(error), tone="warn")
            return
        self._plan, self._seen = plan, None
        self.look.show_plan(plan)
        self._go_to(LOOK)

    def _go_back(self, plan: BackPlan) -> None:
        why = self._why_not_now()
        if why:
            self.trouble.say("Not now", why, tone="warn")
            return
        self._go_to(WORK)
        self.work.begin_with(f"Back to KetaChart {plan.change.after}")
        self.updating.go_back(plan)
        self._window.show_screen("update")  # the lock led to who is charting

    def _show_ready(self, ready: Ready) -> None:
        self._ready = ready
        self.done.show_ready(ready)
        self._go_to(DONE)

    def _came_to_nothing(self, why: str, asked: bool) -> None:  # noqa: FBT001 - Qt's slot
        """Back to the file; everything is as it was."""
        self._go_to(FILE)
        self._show_known()
        if why:
            happened = "It was stopped" if asked else "It was not put in"
            self.trouble.say(happened, why, tone="warn" if asked else "danger")

    def _close(self) -> None:
        from ketachart.charting import installing

        if self._ready is None:
            return
        try:
            installing.begin_installer(self._ready)
        except KetaChartError as error:
            self.trouble.say("The installer could not be started", str(error))
            return
        self.asked.emit("quit")

    # ------------------------------------------------ ways out

    def _back(self) -> None:
        """One step back; what runs is stopped; from the first step to where one was."""
        if self._step == WORK:
            self.updating.stop()
            self.work.say("Stopping. Nothing is changed.")
        elif self._step == LOOK:
            self._go_to(FILE)
        else:
            self._window.go_back()

    def strip(self) -> tuple[str, str]:
        """What it is for."""
        return (self.title, "By file, without a network; the ledger is kept as it is first")

    def act(self, name: str) -> bool:
        """The main button, the way to the version before, and the way back."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self.primary.press,
            "former": self._ask_back,
            "back": self._back,
            "update": self._back,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

"""What to practise: a whole visit, or one of the drills; the throw-away clinic is made here."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.errors import KetaChartError
from ui import tokens
from ui.desk import Desk
from ui.practice.script import Drill, drills
from ui.practice.session import PracticeSession
from ui.screens.base import Screen, Window
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.mark import Mark
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

VISIT: Final = "visit"
_PROMISES: Final = (
    "A made-up patient in a throw-away clinic of its own.",
    "PRACTICE stands on every screen and every page, and no trust file of a clinic vouches for it.",
    "Nothing of it reaches your ledger, which is locked meanwhile. Nothing is kept.",
    "No network, no passphrase of yours, no drug.",
)
_ABOUT: Final = "From the door to the signed PDF, with the next step said at the top."


class PracticeMenu(Screen):
    """Five ways to begin; Esc goes back."""

    title = "Practice"
    keys = (("1…5", "choose"), ("Enter", "begin"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._session: PracticeSession | None = None
        self._drills: dict[str, Drill] = {}
        self._trouble = Trouble("Why it does not begin")
        self._primary = PrimaryButton("Begin", sign="play", key="Enter")
        self._back = Button("Back", key="Esc")
        self.choices = self._ways()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Booklet("Practice", self._left(), self._right(), sizes=tokens.GUIDE_CARD))
        self.choices.committed.connect(self._primary.press)
        self._primary.clicked.connect(self._begin)
        self._back.clicked.connect(self._leave)

    def _ways(self) -> Choices:
        try:
            self._drills = {drill.code: drill for drill in drills()}
        except KetaChartError as error:
            self._trouble.say("There are no drills", str(error))
        offered = [(VISIT, "A whole visit", _ABOUT)]
        offered += [(one.code, f"Drill: {one.title}", one.about) for one in self._drills.values()]
        choices = Choices(
            "What to practise",
            tuple(
                Choice(code, words, sub=about, key=str(place))
                for place, (code, words, about) in enumerate(offered, 1)
            ),
            columns=1,
        )
        choices.wrap_words()
        choices.choose(VISIT)
        return choices

    def _left(self) -> Column:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        page.add(Mark("clipboard-list", colour="warn", size=tokens.ICON_EMPTY))
        page.add(Words("Practice", size="h2", weight=tokens.SEMIBOLD))
        for promise in _PROMISES:
            page.add(Words(promise, size="small", tone="muted"))
        page.add_room()
        return page

    def _right(self) -> Column:
        page = Column(gap=tokens.S4, inset=tokens.S6)
        head = Column(gap=tokens.S1)
        head.add(Words("What would you like to practise?", size="display", weight=tokens.SEMIBOLD))
        head.add(Words("A first real visit must not be a first visit.", tone="muted"))
        page.add(head)
        page.add(self.choices)
        page.add_room()
        page.add(self._trouble)
        foot = Row(gap=tokens.S4)
        foot.add(self._back)
        foot.add_room()
        foot.add(self._primary, stretch=1)
        page.add(foot)
        return page

    # ------------------------------------------------ beginning and leaving

    def _begin(self) -> None:
        if self._session is not None:
            return
        self._trouble.settle()
        chosen = self.choices.chosen()
        drill = self._drills.get(chosen[0]) if chosen else None
        self._session = PracticeSession(self.desk, self.window(), drill)
        self._session.opened.connect(self._show_state)
        self._session.failed.connect(self._failed)
        self._session.ended.connect(self._ended)
        self._session.begin()
        self._show_state()

    def _failed(self, error: KetaChartError) -> None:
        self._session = None
        self._trouble.say("The practice clinic was not made", str(error))
        self._show_state()

    def _ended(self) -> None:
        """Back from practice, to where a real clinic is unlocked or made."""
        self._session = None
        self._show_state()
        self._leave()

    def _show_state(self) -> None:
        self._primary.set_words("Making the practice clinic…" if self._session else "Begin")
        for part in (self._primary, self._back, self.choices):
            part.setEnabled(self._session is None)

    def _leave(self) -> None:
        if self._session is None:
            self._window.go_back()
            self._window.screen_shown.arrive()

    @property
    def session(self) -> PracticeSession | None:
        """The practice that is under way."""
        return self._session

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """The program's name."""
        return ("KetaChart", "Practice: nothing here is real")

    def arrive(self) -> None:
        """To the choices."""
        self.choices.setFocus()

    def act(self, name: str) -> bool:
        """The main button, and Esc."""
        if name == "primary":
            self._primary.press()
        elif name == "back":
            self._leave()
        else:
            return False
        return True

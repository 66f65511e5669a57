"""The veil itself: it fills the window, tells how the visit stands, and asks for the PIN."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import TypeName
from ui.veil.facts import CoverFacts
from ui.veil.lift import LiftPanel
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.mark import Mark
from ui.widgets.status_bar import StatusFact
from ui.widgets.touch_keys import TouchKeys
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

NAME = "Covered"


class _Situation(Column):
    """The time, how the visit stands, what asks; ``flat`` in a line over a folded card."""

    def __init__(self, *, flat: bool = False) -> None:
        super().__init__(gap=tokens.S3, inset=(tokens.S6, tokens.S3) if flat else 0)
        sizes: tuple[TypeName, TypeName] = ("h1", "h2") if flat else ("display", "h1")
        self._clock = Words(size=sizes[0], weight=tokens.SEMIBOLD, wraps=False)
        self._stands = Words(size=sizes[1], weight=tokens.SEMIBOLD)
        self._alert = Trouble("Alerts")
        self.emergency = Button(
            "Emergency steps", sign="siren", key=key_of("emergency"), kind=Kind.DANGER
        )
        if flat:
            line = Row(gap=tokens.S4)
            line.add_level(self._clock)
            line.add(self._stands, stretch=1)
            line.add_level(self.emergency)
            self.add(line)
        else:
            self.add(self._clock)
            self.add(self._stands)
        self.add(self._alert)

    def show_facts(self, facts: CoverFacts) -> None:
        """The same on both."""
        self._clock.setText(facts.clock)
        self._stands.setText(facts.stands)
        self._alert.say(facts.asks, facts.most_urgent, tone=facts.tone)


class Cover(QWidget, Dressed):
    """Lies over all of the window but the glow of an alert."""

    asked = Signal(str)  # an act of the window
    chord = Signal(str)  # a key of the key map, from the keys on the screen

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        say_name(self, NAME)
        self.panel = LiftPanel(desk)
        self._beside, self._top = _Situation(), _Situation(flat=True)
        self._goes_on = Words(tone="muted")
        self._laptop = Column(gap=tokens.S1)
        self._laptop_facts: tuple[StatusFact, ...] = ()
        self._keys: TouchKeys | None = None
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._booklet = Booklet(NAME, self._left(), self.panel, sizes=tokens.UNLOCK_CARD)
        self._line.addWidget(self._top)
        self._line.addWidget(self._booklet, 1)
        for situation in (self._beside, self._top):
            situation.emergency.clicked.connect(lambda: self.asked.emit("emergency"))
        self.panel.asked.connect(self.asked)
        self.hide()

    def _left(self) -> Column:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        for part in (self._beside, self._goes_on, self._laptop):
            page.add(part)
        page.add_room()
        page.add(self._beside.emergency)
        page.add(
            Words(
                "In an emergency no PIN is asked: its steps open at once, the rest stays covered.",
                size="small",
                tone="muted",
            )
        )
        return page

    def show_facts(self, facts: CoverFacts) -> None:
        """The time, the visit, what asks, and the laptop."""
        for situation in (self._beside, self._top):
            situation.show_facts(facts)
        self._goes_on.setText(facts.goes_on)
        if facts.laptop != self._laptop_facts:
            self._laptop_facts = facts.laptop
            self._show_laptop()
        describe(
            self, ". ".join(part for part in (facts.stands, facts.asks, facts.most_urgent) if part)
        )

    def _show_laptop(self) -> None:
        self._laptop.empty()
        for fact in self._laptop_facts:
            row = Row(gap=tokens.S2)
            row.add_level(Mark(fact.sign, colour=fact.tone, size=tokens.ICON_SMALL))
            row.add(Words(fact.words, size="small", tone=fact.tone), stretch=1)
            self._laptop.add(row)

    def turn_touch_keys(self) -> None:
        """Keys for a finger at the bottom of the veil; or away with them."""
        if self._keys is None:
            self._keys = TouchKeys()
            self._keys.chord.connect(self.chord)
            self._line.addWidget(self._keys)
        else:
            self._keys.setVisible(self._keys.isHidden())
        self.panel.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What asks is never scrolled out of sight: where the card folds, it stands on top."""
        super().resizeEvent(event)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """The same at another text size."""
        around = 2 * look.px(tokens.GUTTER) + look.px(tokens.SCROLL_BAR)
        left, right, _high = (look.px(size) for size in tokens.UNLOCK_CARD)
        folds = left + right + around > self.width()
        self._top.setVisible(folds)
        self._beside.setVisible(not folds)
        self._beside.emergency.setVisible(not folds)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing shines through."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.look().colour("bg"))
        painter.end()

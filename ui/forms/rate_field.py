"""The rate on the pump as a field, with its smallest step up and down."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.typed import Unreadable, decimal_number
from ketachart.domain.wording import amount
from ui import theme, tokens
from ui.desk import Desk
from ui.theme import Dressed, Look
from ui.widgets.buttons import Button
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.number_field import NumberField


class RateField(QWidget, Dressed):
    """The rate on the pump, with buttons for its smallest step; Ctrl+Up and Ctrl+Down do so too."""

    def __init__(self, desk: Desk, label: str) -> None:
        super().__init__()
        self._desk = desk
        self.field = NumberField(
            f"{label} on the pump, mL/h",
            label=label,
            unit="mL/h",
            parse=decimal_number,
            judge=_judge,
        )
        self.field.say_beside()
        self.field.editor().installEventFilter(self)
        self.less = Button("One step less (Ctrl+Down)", words="", sign="minus")
        self.more = Button("One step more (Ctrl+Up)", words="", sign="plus")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.field, 1)
        for button, up in ((self.less, False), (self.more, True)):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # they have keys in the field
            button.clicked.connect(lambda _on, up=up: self._step(up=up))
            self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.setFocusProxy(self.field)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """The buttons are as high and as wide as the field is high."""
        self._line.setSpacing(look.px(tokens.S2))
        for button in (self.less, self.more):
            button.set_inset(tokens.S3)
            button.setFixedSize(look.px(tokens.FIELD), look.px(tokens.FIELD))

    def rate(self) -> MlPerHour | None:
        """The rate as typed; None while it is empty or cannot be read."""
        read = self.field.value()
        return MlPerHour(read) if isinstance(read, Decimal) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and an arrow go by the pump's smallest step; an arrow alone changes no number."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            arrow = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
            if arrow and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._step(up=event.key() == Qt.Key.Key_Up)
                return True
        return super().eventFilter(watched, event)

    def _step(self, *, up: bool) -> None:
        """From what is typed, or else from what the pump is set to; never below zero."""
        step = self._desk.visit.protocol.pump_step
        now = delivery(self._desk.visit, self._desk.now()).rate
        typed = self.rate()
        start = now if typed is None else typed
        stepped = start + step if up else start - step
        self.field.set_text(amount(max(stepped, MlPerHour.zero())))


def _judge(value: object) -> Judgement:
    if isinstance(value, Unreadable):
        return Judgement(Standing.BAD, value.sentence, short="not a number")
    return UNJUDGED

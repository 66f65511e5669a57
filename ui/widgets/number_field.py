"""A field for one measured number, big enough to be read across a dim room."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt

from ui import theme, tokens
from ui.theme import Look
from ui.widgets.field import Judge, LineField, leave_unjudged
from ui.widgets.words import Words


class NumberField(LineField):
    """A label above, the number in 24 px, its unit inside at the right.

    The wheel never changes it and it holds no number of its own: what was typed is the truth until
    the parser has read it.
    """

    def __init__(
        self,
        name: str,
        *,
        label: str,
        parse: Callable[[str], object],
        unit: str = "",
        judge: Judge = leave_unjudged,
    ) -> None:
        self._unit = Words(unit, size="label", tone="muted", wraps=False)
        super().__init__(name, label=label, parse=parse, judge=judge)
        self._line.setProperty("number", "true")
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._unit.setParent(self._line)
        self._unit.setVisible(bool(unit))
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line.installEventFilter(self)
        self._unit.installEventFilter(self)
        self.dress(theme.look())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the unit whole at the right edge.

        The letters come with the place in a window, and may be others than those measured before.
        """
        if watched is self._line and event.type() == QEvent.Type.Resize:
            self._place_unit()
        if event.type() == QEvent.Type.FontChange:
            self._make_room(theme.look())
        return super().eventFilter(watched, event)

    def dress(self, look: Look) -> None:
        """Keep room for the unit at every text size."""
        super().dress(look)
        self._make_room(look)

    def _make_room(self, look: Look) -> None:
        # the label's own wish may still be that of its letters before
        # and a drawn line is a fraction higher than the metrics say
        high = self._unit.fontMetrics().height() + look.px(tokens.HAIR)
        self._unit.resize(self._unit.natural_width(), high)
        self._line.setTextMargins(0, 0, self._unit.width() if self._unit.text() else 0, 0)
        digits = self._line.fontMetrics().horizontalAdvance("0000")
        around = self._unit.width() + look.px(tokens.S3) * 2 + look.px(tokens.S2)
        self._line.setMinimumWidth(digits + around)
        self._place_unit()

    def _place_unit(self) -> None:
        inset = theme.look().px(tokens.S3)
        self._unit.move(
            self._line.width() - inset - self._unit.width(),
            (self._line.height() - self._unit.height()) // 2,
        )

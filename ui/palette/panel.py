"""The panel that finds every act: type a few letters, the arrows choose, Enter does it."""

from typing import Final, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import describe
from ui.palette.finding import Offer, found
from ui.palette.offers import Window, do, offers
from ui.palette.rows import FoundList, spoken
from ui.palette.visits import go_to_visit, visit_offers
from ui.theme import Look
from ui.widgets.card import Card, Heading
from ui.widgets.key_hints import KeyHints
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

_WIDTH: Final = 620
_ROWS: Final = 7  # in sight at once, where the window is high enough
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS,
    Qt.Key.Key_PageUp: -_ROWS,
}
_SAID: Final = "Nothing is called so. Fewer letters, or another word: bp, nausea, bag."


class Palette(Card):
    """Lies over the screen and takes nothing from it: Esc goes back to the very field.

    ``window`` is the one it belongs to, ``host`` what it lies over.
    """

    def __init__(self, window: Window, host: QWidget) -> None:
        super().__init__("Find an act", inset=tokens.S4)
        self._window, self._host = window, host
        self._from: QWidget | None = None
        self._all: tuple[Offer, ...] = ()
        self.field = TextField(
            "Find an act: type a few letters", placeholder="bp, nausea, hang bag …"
        )
        self.list = FoundList("Acts")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the letters go on in the field
        self._told = Words(size="small", tone="muted")
        heading = Heading("Find an act", aside="what is typed elsewhere stays")
        for part in (heading, self.field, self._told):
            self.add(part)
        self.add(self.list, stretch=1)
        hints = (
            ("↑ ↓", "choose"),
            ("Enter", "do it"),
            ("Esc", "back"),
            (key_of("keys"), "all keys"),
        )
        self.add(KeyHints(hints))
        self.as_sheet()
        self.setParent(host)
        self.hide()
        host.installEventFilter(self)
        self.field.editor().installEventFilter(self)
        self.field.typed.connect(lambda _text: self._look())
        self.field.commit_on_enter()
        self.field.committed.connect(self._do_current)
        self.list.opened.connect(self._do)
        self.list.chosen.connect(lambda _name: self._tell())
        for gone in (window.desk.veiled, window.desk.locked, window.desk.visit_closed):
            gone.connect(self.close_panel)

    # ------------------------------------------------ opened and closed

    def begin(self) -> None:
        """Open it over what stands there."""
        self._from = QApplication.focusWidget()
        self._all = (*offers(self._window), *visit_offers(self._window))
        self.field.clear()
        self._look()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Away with it; the focus goes back to where it was."""
        if self.isHidden():
            return
        before, self._from = self._from, None
        self.hide()
        self.field.clear()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def takes(self, name: str) -> bool:
        """Whether a key is the panel's: Esc and its own key close it, any other acts as always."""
        if self.isHidden():
            return False
        if name == "primary":
            self._do_current()
            return True
        self.close_panel()
        return name in ("back", "find")

    # ------------------------------------------------ what is found

    def _look(self) -> None:
        self.list.show_offers(found(self._all, self.field.text()))
        self._tell()

    def _tell(self) -> None:
        """What Enter would do, for the ear; why there is nothing, for the eye as well."""
        now = self.list.current()
        self._told.setText("" if now is not None else _SAID)
        self._told.setVisible(now is None)
        self.list.setVisible(now is not None)
        said = _SAID if now is None else spoken(now)
        describe(self.field.editor(), said)

    def _do_current(self) -> None:
        now = self.list.current()
        if now is not None:
            self._do(now.name)

    def _do(self, name: str) -> None:
        offer = next((one for one in self.list.offers() if one.name == name), None)
        if offer is None or offer.why_not:
            return  # the row says why, and where
        self.close_panel()
        if not go_to_visit(name, self._window):
            do(name, self._window)

    # ------------------------------------------------ its place and its keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while letters go on in the field; it keeps its place."""
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        if watched is self.field.editor() and event.type() == QEvent.Type.KeyPress:
            by = _STEPS.get(cast("Qt.Key", cast("QKeyEvent", event).key()))
            if by is not None:
                self.list.step(by)
                return True
        if watched is self.field.editor() and event.type() == QEvent.Type.FocusOut:
            self._left()
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        """A press elsewhere puts it away; another window of the laptop does not."""
        there = QApplication.focusWidget()
        if there is not None and not self.isAncestorOf(there) and not self.isHidden():
            self._from = None
            self.hide()

    def dress(self, look: Look) -> None:
        """Scale with the letters."""
        super().dress(look)
        if self.parentWidget() is not None and not self.isHidden():
            self._place()

    def _place(self) -> None:
        """In the middle below the strip, as wide and high as the window allows."""
        look, room = theme.look(), self._host.rect()
        edge = look.px(tokens.GUTTER)
        width = min(look.px(_WIDTH), room.width() - 2 * edge)
        top = min(look.px(tokens.STRIP), room.height() // 6)
        row = look.px(tokens.TARGET)
        high = min((_ROWS + 4) * row, room.height() - top - edge)
        self.setGeometry((room.width() - width) // 2, top, width, high)

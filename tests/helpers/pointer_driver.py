"""A pair of hands with a pointer alone: fields, choices, buttons, and keys on the screen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget
from shiboken6 import isValid

from ui.actions import BY_NAME, key_of
from ui.demo_driver import Driver, Stuck, Typed
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.touch_keys import LAYERS, TouchKeys

NAMED = {
    "Return": "Enter", "Tab": "Next field", "Space": "Space", "Down": "Down", "Right": "Right",
}  # fmt: skip
LAYER_OF = {
    cap.text: (layer, cap.name) for layer, rows in LAYERS.items() for row in rows for cap in row
} | {" ": ("", "Space")}


class PointerDriver(Driver):
    """Works the window by clicks; what it types goes through the keys on the screen."""

    def begin(self, width, height):
        """Shows the window, and the keys on the screen by their button in the strip."""
        self._met = {}
        super().begin(width, height)
        self.window.setUpdatesEnabled(False)  # nobody looks: `test_demo.py` has it painted
        self._click(self._named("Keys on the screen (Ctrl+K)", Button))
        self._keys = self.window.findChild(TouchKeys)
        self._by_name = {b.accessibleName(): b for b in self._keys.findChildren(Button)}
        self._layer = "123"
        self._led_on = False

    # ------------------------------------------------ what the hands of the keyboard do by keys

    def press(self, *chords):
        """A key of its own name is one on the screen; an act is done by its button or its keys."""
        for chord in chords:
            if chord == "Return" and self._led_on:
                self._led_on = False
                continue
            self._led_on = False
            if chord in NAMED or len(chord) == 1:
                self._cap(chord)
            else:
                self._chord(chord)

    def do(self, *acts):
        """Acts by the buttons that print their keys; where none is in sight, by their keys."""
        for act in acts:
            if act == "primary":
                self._click(self._primary())
                continue
            button = self._button_of(act)
            if button is not None:
                self._click(button)
            else:
                self._chord(BY_NAME[act].key)

    def write(self, text, *, paper=None):
        """Types by the keys on the screen, where the focus is."""
        self.typed.append(Typed(self.focused(), text, text if paper is None else paper))
        self.secret(text)

    def secret(self, text):
        """Types by the keys on the screen: the first letter by a real click, to save time."""
        for place, letter in enumerate(text):
            self._cap(letter, quickly=place > 0)
        self._settle()

    def to(self, name):
        """Clicks the field of that name."""
        self._click(self._named(name, QWidget))
        # a field takes the focus; a row or button that leads somewhere has been pressed by it
        self._led_on = self.focused() != name

    def choose(self, group, *words):
        """Clicks the choices of a row."""
        for word in words:
            button = self._named(f"{group}: {word}", QAbstractButton)
            if not button.isChecked():
                self._click(button)

    # ------------------------------------------------ clicking

    def _named(self, name, kind):
        for look_again in (False, True):
            if look_again:
                self._meet()
            for widget in self._met.get(name, ()):
                if isinstance(widget, kind) and isValid(widget) and _in_sight(widget, name):
                    return widget
        raise Stuck(f"“{name}” is not in sight.")

    def _meet(self):
        """Every widget there is now, by its name: to ask Qt for them all each time takes long."""
        self._met = {}
        for widget in self.window.findChildren(QWidget):
            self._met.setdefault(widget.accessibleName(), []).append(widget)

    def _primary(self):
        shown = [b for b in self.window.findChildren(PrimaryButton) if b.isVisible()]
        return shown[-1]

    def _button_of(self, act):
        key = key_of(act)
        for button in self.window.findChildren(Button):
            if button.isVisible() and button.isEnabled() and key in (button._key, button.sub()):
                return button
        return None

    def _click(self, widget):
        for _ in range(2):  # scrolling may lay out what is scrolled
            if not self._scroll_to(widget):
                break
            self._settle()
        spot = widget.rect().center()
        place = widget.mapTo(self.window, spot)
        under = self.window.childAt(place)
        if under is None or not (under is widget or widget.isAncestorOf(under)):
            name = widget.accessibleName()
            raise Stuck(f"“{name}” is covered by {_chain(under)}; it is {_chain(widget)}.")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(spot))
        self._settle()

    def _scroll_to(self, widget):
        """Whether a scroll bar had to move."""
        outer, moved = widget.parentWidget(), False
        while outer is not None:  # the wheel over a list does the same
            if isinstance(outer, QScrollArea) and outer.isAncestorOf(widget):
                top = widget.mapTo(outer.viewport(), QPoint(0, 0)).y()
                bar, room = outer.verticalScrollBar(), outer.viewport().height()
                over = top + widget.height() - room
                if top < 0 or over > 0:
                    before = bar.value()
                    bar.setValue(before + (top if top < 0 or over > top else over))
                    moved = moved or bar.value() != before
            outer = outer.parentWidget()
        return moved

    def _cap(self, letter, *, quickly=False):
        if letter in NAMED:
            layer, name = ("abc" if letter in ("Down", "Right") else ""), NAMED[letter]
        else:
            layer, name = LAYER_OF.get(letter.lower(), (None, None))
        if name is None:
            raise Stuck(f"There is no key for “{letter}” on the screen.")
        if quickly:
            self._by_name["Hold Shift"].setChecked(letter != letter.lower())
            self._button(layer, name).click()
            return
        self._turn(layer)
        if letter != letter.lower() and len(letter) == 1:
            self._click(self._by_name["Hold Shift"])
        self._click(self._by_name[name])

    def _button(self, layer, name):
        found = [button for cap, button in self._keys._caps.get(layer, ()) if cap.name == name]
        return found[0] if found else self._by_name[name]

    def _turn(self, layer):
        if layer and layer != self._layer:
            self._click(self._by_name[self._keys._turns[layer].accessibleName()])
            self._layer = layer
            self._settle()  # the rows are laid out from the outside in
            self._settle()

    def _chord(self, chord):
        *held, last = chord.split("+")
        if last.startswith("F") and len(last) > 1:
            self._turn("F1")
        elif last != "Esc":
            self._turn("abc")
        for name in held:
            self._click(self._by_name[f"Hold {name}"])
        if last.isdigit():
            self._turn("123")
        self._click(self._by_name[_cap_of(last)])


def _in_sight(widget, name):
    return widget.accessibleName() == name and widget.isVisible() and widget.isEnabled()


def _cap_of(key):
    """The key on the screen for the last part of a chord."""
    if key == "Return":
        return "Enter"
    return key if len(key) > 1 else key.lower()


def _chain(widget):
    """A widget and what it stands in, from the inside out."""
    found = []
    while widget is not None:
        found.append(f"{type(widget).__name__} {widget.geometry().getRect()}")
        widget = widget.parentWidget()
    return " in ".join(found) or "nothing"

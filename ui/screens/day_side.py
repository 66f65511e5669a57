"""What stands beside the list of visits: places with their counters, and what the laptop knows."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.wording import day
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language.saying import say_name
from ui.laptop import backup_fact, laptop_facts, power_facts
from ui.screens.day_lines import Place
from ui.stick_watch import StickWatch
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.flow import EvenGrid
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.words import Words


class Places(QWidget, Dressed):
    """Today, to finish, all: each with its counter in words; one below the other, or in a row."""

    opened = Signal(str)

    def __init__(self, places: dict[Place, tuple[str, str]]) -> None:
        super().__init__()
        say_name(self, "Places")
        self._grid = EvenGrid(1)
        self.setLayout(self._grid)
        self._buttons: dict[Place, Button] = {}
        for place, (words, sign) in places.items():
            button = Button(words, sign=sign, kind=Kind.QUIET)
            button.setCheckable(True)
            button.set_left()
            button.set_inset(tokens.S3)
            button.clicked.connect(lambda _on, place=place: self.opened.emit(place))
            self._buttons[place] = button
            self._grid.add(button)
        self.dress(theme.look())

    def show_counters(self, counters: dict[Place, str], *, here: Place) -> None:
        """The counters as they are now, and which place is looked at."""
        for place, button in self._buttons.items():
            button.set_words(button.words(), sub=counters[place])
            button.setChecked(place == here)

    def stand(self) -> None:
        """One below the other."""
        self._grid.set_columns(1)

    def lie(self) -> None:
        """In a row, where the window is narrow."""
        self._grid.set_columns(len(self._buttons))

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.set_gaps(look.px(tokens.S1), look.px(tokens.S1))


class LaptopCard(Card):
    """Battery, room on the disk, where the ledger lies, the clock."""

    def __init__(self) -> None:
        super().__init__("This laptop", inset=tokens.S3, gap=tokens.S1)
        self._facts = KeyValues("This laptop")
        self._backup = KeyValue("Backup", "")
        self._known: object = None
        self._minute: datetime | None = None
        self._watch: StickWatch | None = None
        self.open = Button("This laptop", key=key_of("laptop"), kind=Kind.QUIET)
        self.open.set_left()
        self.open.set_inset(0)
        self.add(self.open)
        self.add(self._facts)

    def show_desk(self, desk: Desk) -> None:
        """As it is now."""
        watch = self._watch = self._watch or StickWatch(desk, self)
        minute, backups = desk.now().replace(second=0, microsecond=0), desk.keeping.backups
        if minute != self._minute:  # a stick is not asked every second
            self._minute = minute
            watch.look()
        known = (minute, desk.last_saved(), backups.sight())
        if known != self._known:
            self._known, self._backup = known, backup_fact(desk)
        self._facts.show_facts((self._backup, *laptop_facts(desk)))


class BeforeLeaving(Card):
    """What a day of visits needs on the laptop; shown while no visit is chosen."""

    def __init__(self) -> None:
        super().__init__("Before you leave", inset=tokens.S4)
        self._facts = KeyValues("Before you leave")
        self._stock = KeyValue("Drug count", "being read")
        self.add(Heading("Before you leave"))
        self.add(Words("What a day needs on this laptop", size="small", tone="muted"))
        self.add(self._facts)
        self.add_room()

    def show_desk(self, desk: Desk) -> None:
        """Licence, protocol and disk, as they are now."""
        nurse, today = desk.office.nurse, desk.now().date()
        ends = nurse.licence_expires
        if ends is None:
            licence = KeyValue("Your licence", "no last day on file", "warn", "triangle-alert")
        else:
            tone: Tone = "ok" if ends >= today else "danger"
            word = "until" if ends >= today else "ended"
            sign = "circle-check" if ends >= today else "octagon-alert"
            licence = KeyValue("Your licence", f"{word} {day(ends)}", tone, sign)
        protocol = KeyValue("Protocol", desk.office.protocol.edition, "ok", "circle-check")
        facts = (licence, protocol, _rule_of_state(desk), self._stock, *power_facts(desk))
        self._facts.show_facts(facts)

    def show_stock(self, words: str, tone: Tone) -> None:
        """Whether the drug was counted today; shown with the rest."""
        sign = {"ok": "circle-check", "warn": "triangle-alert"}.get(tone, "octagon-alert")
        self._stock = KeyValue("Drug count", words, tone, sign)


def _rule_of_state(desk: Desk) -> KeyValue:
    """Whether the protocol knows what the clinic's state says of a visit at home."""
    state = desk.office.clinic.state
    if desk.office.protocol.state(state) is not None:
        return KeyValue("Rule of the state", f"{state} is on file", "ok", "circle-check")
    said = f"no rule on file for {state}" if state else "the clinic names no state"
    return KeyValue("Rule of the state", said, "warn", "triangle-alert")

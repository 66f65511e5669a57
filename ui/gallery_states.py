"""The gallery's card of states: what is pressed or typed into, at rest and in every other way."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme, tokens
from ui.gallery_parts import card
from ui.theme import Dressed, Look
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, LineField, Standing
from ui.widgets.number_field import NumberField
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.words import Words

LONG: Final = "Reported moderate generalised paraesthesia, otherwise unremarkable"
STATES: Final = ("at rest", "pointed at", "pressed", "chosen", "closed", "long words")


class _Grid(QWidget, Dressed):
    """Specimens in rows, their states in columns of one width."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._grid, self._rows = QGridLayout(self), 0
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.dress(theme.look())

    def add_row(self, *widgets: QWidget) -> None:
        """One row, from the left."""
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, self._rows, column, Qt.AlignmentFlag.AlignTop)
        self._rows += 1

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.setSpacing(look.px(tokens.S2))


def _in(state: str, button: Button) -> Button:
    """A button in a state, as if a hand were on it."""
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, state == "pointed at")
    button.setDown(state == "pressed")
    button.setEnabled(state != "closed")
    if state == "chosen":
        button.setCheckable(True)
        button.setChecked(True)
    return button


def _plain(words: str) -> Button:
    return Button(words, sign="gauge")


def _danger(words: str) -> Button:
    return Button(words, sign="pause", kind=Kind.DANGER)


def _quiet(words: str) -> Button:
    return Button(words, sign="plus", kind=Kind.QUIET)


_BUTTONS: Final[tuple[tuple[str, Callable[[str], Button]], ...]] = (
    ("Change rate", _plain),
    ("Pause", _danger),
    ("Add", _quiet),
    ("Record", PrimaryButton),
)


def states_of_buttons() -> Card:
    """Each kind of button in each state."""
    grid = _Grid(len(STATES))
    grid.add_row(*(Words(state, size="small", tone="muted") for state in STATES))
    for words, make in _BUTTONS:
        grid.add_row(
            *(_in(state, make(LONG if state == "long words" else words)) for state in STATES)
        )
    return card("Buttons, in every state", grid)


def _field(text: str, standing: Standing | None, sentence: str = "", beside: str = "") -> LineField:
    made = NumberField("Heart rate", label="Heart rate", parse=str, unit="/min")
    made.set_hint("was 86")
    made.set_text(text)
    if standing is not None:
        made.set_judgement(Judgement(standing, sentence, beside))
    return made


def states_of_fields() -> Card:
    """A number empty, typed, warned of, refused, closed; words and notes as long as they come."""
    grid = _Grid(3)
    closed = _field("84", None)
    closed.setEnabled(False)
    grid.add_row(
        _field("", None),
        _field("84", Standing.OK, "As before."),
        _field("131", Standing.WARN, "Over 120: recorded as typed."),
    )
    grid.add_row(
        _field("970", Standing.BAD, f"970 cannot be. {LONG}. Type it again."),
        closed,
        TextField("Search", label="Search", placeholder="Name, number or date"),
    )
    words = TextField("Who saw it", label="Who saw the waste, and where that was")
    words.set_text(LONG)
    empty = NoteField("Why", label="Why", lines=2, placeholder="What the prescriber said")
    note = NoteField("What happened", label="What happened", lines=2)
    note.set_text(f"{LONG}.\n{LONG}.")
    grid.add_row(words, empty, note)
    return card("Fields, in every state", grid)


def states_of_choices() -> Card:
    """Choices at rest, chosen, with one closed, and with long words."""
    grid = _Grid(3)
    rows = (("Nobody", "By phone"), ("In person", "By phone"), (LONG, "Nobody"))
    made = []
    for number, words in enumerate(rows):
        choices = Choices(f"Who saw it {number + 1}", tuple(Choice(w, w) for w in words), columns=2)
        choices.wrap_words()
        choices.set_label("Who saw it", hint="one of two")
        made.append(choices)
    made[1].choose("In person")
    made[1].close_choice("By phone", why="no number is on file")
    grid.add_row(*made)
    return card("Choices, in every state", grid)

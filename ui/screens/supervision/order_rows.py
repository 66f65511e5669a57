"""What was ordered by phone or given in an emergency, and whether the prescriber signed for it."""

from collections.abc import Callable
from typing import Final

from ketachart.domain.post.acknowledgement import Acknowledgement, State
from ui import tokens
from ui.actions import key_of
from ui.language.saying import say_name
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.words import Words

_TONES: Final[dict[State, Tone]] = {"open": "warn", "signed": "ok", "refused": "danger"}

Orders = tuple[Acknowledgement, ...]


def heading_words(orders: Orders) -> str:
    """How many are still to be signed, and how many were refused."""
    states = [one.state for one in orders]
    waits, refused = states.count("open"), states.count("refused")
    parts = [f"{waits} not signed" if waits else "", f"{refused} refused" if refused else ""]
    return ", ".join(filter(None, parts)) or "all signed"


class OrderRows(Column):
    """One card for each; takes no room in a visit without such an order."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, "Phone orders")
        self._heading = Heading("Phone orders")
        self.note = Button("Note signature", sign="pencil", key=key_of("acknowledge"))
        self.note.set_compact()
        self._heading.set_right(self.note)
        self._rows = Column(gap=tokens.S2)
        self._shown: tuple[Orders, str] | None = None
        for part in (self._heading, self._rows):
            self.add(part)
        self.hide()

    def show_orders(
        self,
        orders: Orders,
        *,
        me: str,
        show: Callable[[str], None],
        take_back: Callable[[str], None],
    ) -> None:
        """Made anew only where something changed, so that the focus stays.

        Args:
            orders: what must be signed for, with what came of it.
            me: staff id of the reviewer, who may take back what he noted; empty where he may not.
            show: brings the row into sight.
            take_back: takes an acknowledgement back, by its id.
        """
        if (orders, me) == self._shown:
            return
        self._shown = (orders, me)
        self.setVisible(bool(orders))
        self.note.setVisible(bool(me) and any(one.state != "signed" for one in orders))
        self._heading.set_aside(heading_words(orders))
        self._rows.empty()
        for one in orders:
            mine = one.fact is not None and one.fact.staff_id == me
            self._rows.add(_card(one, show, take_back if mine else None))


def _card(
    one: Acknowledgement, show: Callable[[str], None], take_back: Callable[[str], None] | None
) -> Card:
    card = Card(f"{one.needs.row}: {one.said}", gap=tokens.S1)
    card.as_inset()
    card.add(Words(one.needs.row, size="small", tone="muted"))
    card.add(Words(one.said, size="label", tone=_TONES[one.state]))
    if one.fact is not None:
        card.add(Words(f"Noted by {one.fact.by}", size="small", tone="muted"))
    row = Row(gap=tokens.S1)
    there = Button(f"Show the row: {one.needs.row}", words="Show row", kind=Kind.QUIET)
    there.set_compact()
    there.clicked.connect(lambda: show(one.needs.entry))
    row.add(there)
    if take_back is not None and one.fact is not None:
        item = one.fact.item
        back = Button(f"Take back: {one.said}", words="Take back", kind=Kind.QUIET)
        back.set_compact()
        back.clicked.connect(lambda: take_back(item))
        row.add(back)
    row.add_room()
    card.add(row)
    return card

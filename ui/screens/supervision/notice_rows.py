"""What of the vital signs is more even, or more at once, than usual: told neutrally, with its rate.

Never a judgement: each says how often an ordinary visit shows the same by chance.
"""

from collections.abc import Callable

from ketachart.domain.supervision.flat import Notice
from ui import tokens
from ui.language.saying import describe, say_name
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.words import Words


class NoticeRows(Column):
    """One card for each; takes no room where there is none."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, "Even or batched vitals")
        self._shown: tuple[Notice, ...] | None = None

    def show_notices(self, notices: tuple[Notice, ...], *, show: Callable[[str], None]) -> None:
        """Made anew only where something changed, so that the focus stays."""
        if notices == self._shown:
            return
        self._shown = notices
        self.empty()
        self.setVisible(bool(notices))
        if notices:
            self.add(Heading("Worth a look", aside="no verdict"))
        for notice in notices:
            self.add(_card(notice, show))


def _card(notice: Notice, show: Callable[[str], None]) -> Card:
    card = Card(notice.sentence, gap=tokens.S1)
    card.as_inset()
    describe(card, notice.help)
    card.add(Words(notice.sentence, size="label"))
    card.add(Words(notice.help, size="small", tone="muted"))
    there = Button(f"Show the first row: {notice.short}", words="Show first row", kind=Kind.QUIET)
    there.set_compact()
    there.clicked.connect(lambda: show(notice.entries[0]))
    row = Row()
    row.add(there)
    row.add_room()
    card.add(row)
    return card

"""Beside the protocol's rows: the chosen row in full, the draft, and every edition before it."""

from PySide6.QtCore import Signal

from ketachart.domain.editing.changes import Change
from ketachart.domain.editing.edit import WHO_MAY
from ketachart.domain.editing.tables import TABLES, rows_of
from ketachart.domain.editing.view import Shown
from ketachart.domain.protocol import Protocol
from ketachart.domain.sources import VERIFIED
from ketachart.domain.wording import clock, count, day
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.protocol.changes import ChangeList
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.words import Words


class RowWords(Column):
    """A row with its sources in full."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)

    def show_row(self, shown: Shown | None, protocol: Protocol) -> None:
        """What it says, and what each of its sources stands for."""
        self.empty()
        if shown is None:
            return
        self.add(Words(shown.what, weight=tokens.SEMIBOLD))
        self.add(Words(shown.value))
        row = rows_of(protocol, TABLES[shown.table]).get(shown.key)
        words = getattr(row, "words", "")
        if words:
            self.add(Words(words, size="small"))
        cited = protocol.cited(getattr(row, "source", ""))
        for source in cited.references:
            told = f"{source.words} ({VERIFIED[source.mark]})"
            self.add(Words(told, size="small", tone="muted"))
        if not cited.references and cited.short:
            self.add(Words(f"Source: {cited.short}", size="small", tone="muted"))


class RowCard(Card):
    """The chosen row, beside the others."""

    def __init__(self) -> None:
        super().__init__("The chosen row", inset=tokens.S3)
        self._words = RowWords()
        self.add(self._words)

    def show_row(self, shown: Shown | None, protocol: Protocol) -> None:
        """What it says, and what each of its sources stands for."""
        self._words.show_row(shown, protocol)


class ReadSheet(Card):
    """The same, opened: for who may not change it, and where there is no room beside the rows."""

    left = Signal()

    def __init__(self, shown: Shown, protocol: Protocol) -> None:
        super().__init__("Read only", inset=tokens.S3)
        self.as_sheet()
        heading = Heading("Read only")
        self._close = Button("Back (Esc)", words="", sign="x", kind=Kind.QUIET)
        self._close.clicked.connect(self.left)
        heading.set_right(self._close)
        words = RowWords()
        words.show_row(shown, protocol)
        words.add(Words(WHO_MAY, size="small", tone="muted"))
        words.add_room()
        self.add(heading)
        self.add(Scroller("The row in full", words), stretch=1)

    def begin(self) -> None:
        """To the way back."""
        self._close.setFocus()

    def commit(self) -> None:
        """Nothing is changed here: back."""
        self.left.emit()


class DraftCard(Card):
    """What the next edition would change; only a supervisor has one."""

    def __init__(self) -> None:
        super().__init__("Draft", inset=tokens.S3)
        self.heading = Heading("Draft")
        self._says = Words(size="small", tone="muted")
        self._list = ChangeList("What the draft changes")
        self.adopt = PrimaryButton("Adopt…", key=key_of("primary"))
        for part in (self.heading, self._says, self._list, self.adopt):
            self.add(part)

    def show_draft(self, changes: tuple[Change, ...], version: str, *, may_change: bool) -> None:
        """The changes; without any it says how to begin, or who may."""
        self.heading.set_title(f"Draft of edition {version}" if may_change else "Read only")
        says = WHO_MAY if not may_change else "Enter opens a row. Nothing changes until adopted."
        self._says.setText(count(len(changes), "change") if changes else says)
        self._list.show_changes(changes)
        self.adopt.setVisible(bool(changes))
        self.adopt.set_words(f"Adopt edition {version}…")


class History(Scroller):
    """Every edition, the newest first: when, by whom, why, and what it changed."""

    def __init__(self) -> None:
        self._body = Column(gap=tokens.S4)
        super().__init__("Editions", self._body)

    def show_desk(self, desk: Desk) -> None:
        """As the ledger has them."""
        self._body.empty()
        for edition in desk.office.policy.editions():
            card = Card(edition.protocol.edition)
            card.as_inset()
            when = f"{day(edition.at.date())} {clock(edition.at)}"
            card.add(Heading(edition.protocol.edition, aside=f"{when}, {edition.by}"))
            card.add(Words(edition.reason or "The first edition.", size="label"))
            card.add(ChangeList("What it changed", edition.changes))
            self._body.add(card)
        self._body.add_room()

"""Beside the answer: whom the check trusts, and the files where there are several."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui import theme, tokens
from ui.actions import key_of
from ui.screens.check.words import row_of, summary
from ui.theme import Look
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.column_width import keep_width
from ui.widgets.row_list import RowList
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.checking import Checked, Trust

_NONE = "No trust file yet. Whether a file was changed is checked all the same; who signed is not."
_COMPARE = "Compare these with the clinic by telephone, once:"


class TrustCard(Card):
    """The clinic whose signatures count, and how to choose another."""

    def __init__(self) -> None:
        super().__init__("Whom to trust", inset=tokens.S3)
        self._who = Words(weight=tokens.SEMIBOLD)
        self._said = Words(size="small", tone="muted")
        self._groups = Words(size="small")
        self.choose = Button("Choose a trust file", sign="shield-check", key=key_of("choose-trust"))
        self.own = Button("Use this laptop's", sign="home", kind=Kind.QUIET)
        self.add(Heading("Whom to trust"))
        for part in (self._who, self._said, self._groups, self.choose, self.own):
            self.add(part)
        for button in (self.choose, self.own):
            button.set_left()

    def show_trust(self, trust: "Trust | None", *, file: str, offers_own: bool) -> None:
        """Whose signatures count; ``file`` is empty where it is the ledger's own."""
        self.own.setVisible(offers_own)
        self._who.setVisible(trust is not None)
        self._groups.setVisible(trust is not None and bool(file))
        if trust is None:
            self._said.setText(_NONE)
            return
        self._who.setText(trust.who)
        whence = f"From the file {file}." if file else "As this laptop's ledger knows it."
        self._said.setText(f"{whence} {trust.lists}")
        self._groups.setText("\n".join((_COMPARE, *trust.groups)))


class FilesCard(Card):
    """Several files, each with its word; the chosen one's details stand beside."""

    chosen = Signal(int)

    def __init__(self) -> None:
        self.list = RowList("Files that were checked")
        super().__init__("Files that were checked", inset=tokens.S3)
        self._heading = Heading("Files")
        self._summary = Words(size="small", tone="muted")
        self.add(self._heading)
        self.add(self._summary)
        self.add(self.list, stretch=1)
        self.list.chosen.connect(self._tell)

    def dress(self, look: Look) -> None:
        """A few rows are always seen."""
        super().dress(look)
        self.list.setMinimumHeight(look.px(3 * tokens.STEP))

    def show_files(self, every: "tuple[Checked, ...]") -> None:
        """These, the first of the worst chosen."""
        self._summary.setText(summary(every))
        self.list.show_rows(())
        self.list.show_rows(tuple(row_of(place, one) for place, one in enumerate(every)))
        worst = next((n for n, one in enumerate(every) if one.outcome != "good"), 0)
        self.list.choose(str(worst))

    def _tell(self, key: str) -> None:
        if key:
            self.chosen.emit(int(key))


class Side(Column):
    """The two cards, one below the other; ``keep_width`` where the answer stands beside."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.GUTTER)
        self.trust, self.files = TrustCard(), FilesCard()
        self.add(self.trust)
        self.add(self.files, stretch=1)
        self._line.addStretch(0)  # takes room only while there are no files
        self.files.hide()

    def set_beside(self, *, beside: bool) -> None:
        """A column of its own width, or all there is."""
        keep_width(self, theme.look().px(tokens.DOOR_WIDTH), fills=not beside)

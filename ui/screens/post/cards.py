"""What waits for whom, how far each report came, and what a package brought."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent

from ketachart.charting.post_shapes import Correspondent, Outbox, OutboxLine, TakenLine, TakenState
from ketachart.domain.post.standing import Standing
from ketachart.domain.wording import count
from ui import theme, tokens
from ui.actions import key_of
from ui.screens.post.status import status_of
from ui.screens.post.taking import FileTaken
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.offered import Offered
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting import VisitRow

_NOTHING: Final = "All that was signed or made here has arrived there, as it said."
_NOBODY: Final = (
    "A laptop takes in the clinic's card when it joins. At the clinic, take in the package in "
    "which a laptop asks to join."
)
_STATES: Final[dict[TakenState, tuple[str, str, Tone]]] = {
    "new": ("Taken in", "circle-check", "ok"),
    "known": ("Here already", "check", "muted"),
    "conflict": ("Differs from what is here", "octagon-alert", "danger"),
    "aside": ("Not taken in", "triangle-alert", "warn"),
}


class ListCard(Card):
    """A heading and a list as high as what is in it: the page scrolls, not the list."""

    def __init__(self, name: str) -> None:
        self.list = RowList(name)
        super().__init__(name, inset=tokens.S3)
        self.heading = Heading(name)
        self.add(self.heading)

    def dress(self, look: Look) -> None:
        """As high as all of its rows in this width."""
        super().dress(look)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap in another width."""
        super().resizeEvent(event)
        self._fit_soon()

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Show these, and nothing where there are none."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._fit_soon()

    def _fit_soon(self) -> None:
        """Once more when the list has its own width, which follows the card's a turn later."""
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        least = theme.look().px(tokens.TARGET)
        self.list.setFixedHeight(max(self.list.height_of_all(), least))


class OutboxCard(ListCard):
    """Everything that one correspondent has not yet said it has; ``turned`` names another."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__("To be packed")
        self._whom = Offered("For whom", empty="", columns=2)
        self._whom.set_label("For whom")
        self._known: tuple[Correspondent, ...] = ()
        self._nothing = EmptyState("circle-check", "Nothing waits", explained=_NOTHING, small=True)
        self._nobody = EmptyState("users", "Nobody to send to yet", explained=_NOBODY)
        self.take = PrimaryButton("Take in a package", sign="folder", key=key_of("take-in"))
        self._nobody.add_way(self.take)
        for part in (self._whom, self.list, self._nothing, self._nobody):
            self.add(part)
        self._whom.changed.connect(lambda _chosen: self.turned.emit())

    def show_whom(self, known: tuple[Correspondent, ...]) -> None:
        """Whom packages go to; with one alone there is nothing to choose."""
        if known != self._known:
            chosen = self.ledger()
            self._known = known
            self._whom.offer(tuple(Choice(one.ledger, one.name, verbatim=True) for one in known))
            if known:
                there = chosen if chosen in {one.ledger for one in known} else known[0].ledger
                self._whom.choose(there)
        self._whom.setVisible(len(known) > 1)

    def ledger(self) -> str:
        """Whose package it is to be; empty where nobody is on file."""
        chosen = self._whom.chosen()
        if chosen:
            return chosen[0]
        return self._known[0].ledger if self._known else ""

    def show_outbox(self, box: Outbox | None, patients: Mapping[str, str]) -> None:
        """What waits for the chosen one; None where nobody is on file."""
        self._nobody.setVisible(box is None)
        self._nothing.setVisible(box is not None and not box.lines)
        if box is None:
            self.heading.set_title("To be packed")
            self.heading.set_aside("")
            self.show_rows(())
            return
        self.heading.set_title(f"For {box.correspondent.name}")
        self.heading.set_aside(_waiting(box))
        self.show_rows(tuple(_row(line, patients) for line in box.lines))


def _waiting(box: Outbox) -> str:
    """“2 things to pack, 1 packed before”."""
    before = len(box.lines) - box.waiting
    said = [f"{count(box.waiting, 'thing')} to pack"] if box.waiting else []
    said += [f"{before} packed before"] if before else []
    return ", ".join(said)


def _row(line: OutboxLine, patients: Mapping[str, str]) -> ListRow:
    again = "It goes again, until it is known to have arrived" if line.packed else ""
    return ListRow(
        key=f"{line.kind} {line.item}",
        what=line.words,
        value=patients.get(line.stream, ""),
        under=again,
        mark="Packed, no receipt yet" if line.packed else "Not packed yet",
        sign="usb" if line.packed else "circle",
        tone="muted" if line.packed else "text",
    )


class ReportsCard(ListCard):
    """The signed visits of this ledger and how far each report came; ``opened`` is a visit."""

    def __init__(self) -> None:
        super().__init__("How far each report came")
        self.add(self.list)

    def show_reports(
        self,
        rows: "Sequence[VisitRow]",
        standings: Mapping[str, Standing],
        now: datetime,
        *,
        posts: bool,
    ) -> None:
        """The newest first."""
        self.show_rows(tuple(_report(row, standings[row.stream], now, posts=posts) for row in rows))
        self.heading.set_aside(count(len(rows), "signed visit"))
        self.setVisible(bool(rows))


def _report(row: "VisitRow", standing: Standing, now: datetime, *, posts: bool) -> ListRow:
    sign, words, tone = status_of(standing, now, posts=posts)
    return ListRow(
        key=row.stream,
        what=f"{row.patient}, {row.number}",
        value=f"Version {standing.version}",
        under=standing.words if standing.words != words else "",
        mark=words,
        sign=sign,
        tone=tone,
    )


class TakenCard(ListCard):
    """What came in: a line for each thing, and a sentence for each file that was refused."""

    def __init__(self) -> None:
        super().__init__("What came in")
        self.seen = Button("I have read this", key=key_of("seen"), kind=Kind.QUIET)
        self.seen.set_compact()
        self.heading.set_right(self.seen)
        self._first = Words(size="label", weight=tokens.MEDIUM)
        self.add(self._first)
        self.add(self.list)
        self.seen.clicked.connect(self.hide)
        self.hide()

    def show_files(self, files: Sequence[FileTaken]) -> None:
        """All of one taking."""
        first, tone = summary(files)
        self._first.setText(first)
        self._first.set_tone(tone)
        rows = [row for place, file in enumerate(files) for row in _of_file(place, file)]
        self.show_rows(tuple(rows))
        self.show()

    def said(self) -> str:
        """What it says in one line."""
        return self._first.text() if not self.isHidden() else ""


def summary(files: Sequence[FileTaken]) -> tuple[str, Tone]:
    """What came of all files, in one line and a tone."""
    if not files:
        return "No package was found there. Packages end in “.keta”.", "warn"
    taken = [file.taken for file in files if file.taken is not None]
    counts = {state: sum(one.count(state) for one in taken) for state in _STATES}
    refused = sum(bool(file.refused) for file in files)
    who = " and ".join(dict.fromkeys(one.sender for one in taken))
    said = [
        f"{count(counts['new'], 'new thing')}" if counts["new"] else "Nothing new",
        f"{counts['known']} here already" if counts["known"] else "",
        f"{counts['conflict']} in conflict" if counts["conflict"] else "",
        f"{counts['aside']} not taken in" if counts["aside"] else "",
        f"{count(refused, 'file')} refused" if refused else "",
    ]
    words = ", ".join(part for part in said if part)
    tone: Tone = "warn" if refused or counts["aside"] else "ok"
    return f"From {who}: {words}" if who else words, "danger" if counts["conflict"] else tone


def _of_file(place: int, file: FileTaken) -> list[ListRow]:
    if file.taken is None:
        return [
            ListRow(
                key=f"{place}",
                what=file.name,
                value=file.refused,
                mark="Refused",
                sign="octagon-alert",
                tone="danger",
            )
        ]
    return [_line(f"{place} {number}", line) for number, line in enumerate(file.taken.lines)]


def _line(key: str, line: TakenLine) -> ListRow:
    mark, sign, tone = _STATES[line.state]
    if "NOT GOOD" in line.words:
        mark, sign, tone = "Taken in, but not good", "octagon-alert", "danger"
    return ListRow(key=key, what=line.words, value="", mark=mark, sign=sign, tone=tone)

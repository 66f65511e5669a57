"""What is looked at before signing: what stops it, what needs a reason, what is good to know."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.finding import Finding
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import describe
from ui.screens.finding_ways import FindingWay, way_of
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row, Rule, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.point_row import PointRow
from ui.widgets.together import laid_out_once
from ui.widgets.words import Words

_TONES: Final[dict[str, Tone]] = {"stop": "danger", "reason": "warn"}
_MOST_KEYS = 9


class _Point(Notice):
    """One point that stands in the way: what it is, and what settles it."""

    def __init__(self, finding: Finding, *, key: str, reason_key: str) -> None:
        self._ends = Ends()
        tone = _TONES[finding.severity]
        super().__init__(finding.sentence, tone=tone, inset=(tokens.S3, tokens.S1))
        describe(self, finding.detail)
        words = Column(gap=0)
        words.add(Words(finding.sentence, tone=tone, weight=tokens.SEMIBOLD))
        words.add(Words(finding.detail, size="small"))
        left = Row(gap=tokens.S3)
        left.add_level(Mark(SIGNS[tone], colour=tone))
        left.add(words, stretch=1)
        self.reason = Button(f"Give reason: {finding.sentence}", words="Give reason")
        self.reason.set_key(reason_key)
        way = way_of(finding)
        called = way.words if way else "Go to"
        self.go = Button(f"{called}: {finding.sentence}", words=called)
        self.go.set_key(key)
        right = Row(gap=tokens.S2)
        for button in (self.reason, self.go):
            button.set_compact()
            right.add_level(button)
        # hidden only once they stand in a row: before that, each would be a window of its own
        self.reason.setVisible(finding.severity == "reason")
        self.go.setVisible(way is not None)
        inside = QWidget()
        inside.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(right)
        self.add(inside)

    def dress(self, look: Look) -> None:
        """Scale; the sentence keeps room to be read before the buttons go beneath it."""
        super().dress(look)
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))


class FindingsCard(Card):
    """Stops first, then what needs a reason, then what is good to know; settled ones fold away."""

    way_wanted = Signal(object, object)  # Finding, FindingWay
    reason_wanted = Signal(str)  # code of the finding

    def __init__(self) -> None:
        self._outer, self._body = Column(gap=tokens.S2), Column(gap=tokens.S2)
        self._below = Column()
        super().__init__("Before you sign")
        self._shown: tuple[Finding, ...] | None = None
        self._unfolded = False
        self._open: tuple[Finding, ...] = ()
        self._ways: list[Button] = []
        self._reasons: list[tuple[str, Button]] = []
        self._heading = Heading("Before you sign")
        self._fold = Button("Settled", sign="chevron-right", kind=Kind.QUIET)
        self._fold.clicked.connect(self._turn)
        self._heading.set_right(self._fold)
        self.add(self._heading)
        self._outer.add(self._body)
        self._outer.add_room()
        self._outer.add(self._below)
        self.add(Scroller("Points before signing", self._outer), stretch=1)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """A point never stands against the scroll bar."""
        super().dress(look)
        self._outer.setContentsMargins(0, 0, look.px(tokens.S1), 0)

    def scroll_all(self, below: QWidget) -> None:
        """Let the heading scroll with the points, and something under them: in a low window."""
        self._outer.put_first(self._heading)
        self._below.add(below)

    def scroll_points(self) -> None:
        """Let the heading stand still."""
        self.put_first(self._heading)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Made anew only where something changed, so that the focus stays."""
        if findings == self._shown:
            return
        self._shown = findings
        self._show()

    def _show(self) -> None:
        findings = self._shown or ()
        self._open = tuple(f for f in findings if not f.settled)
        know = [f for f in findings if f.severity == "know"]
        settled = [f for f in findings if f.explained]
        self._heading.set_aside(_counted(self._open, len(know)))
        self._fold.set_words(f"{len(settled)} settled")
        self._fold.set_sign("chevron-down" if self._unfolded else "chevron-right")
        self._fold.setVisible(bool(settled))
        self._body.empty()
        self._ways, self._reasons = [], []
        with laid_out_once(self._body):
            for number, finding in enumerate(self._open, start=1):
                self._add_point(finding, number)
        if not self._open:
            self._body.add(_nothing_stands())
        for finding in know:
            self._add_known(finding)
        if self._unfolded:
            self._add_settled(settled)

    def _add_point(self, finding: Finding, number: int) -> None:
        first = finding.severity == "reason" and not self._reasons
        row = _Point(
            finding,
            key=key_of(f"row-{number}") if number <= _MOST_KEYS else "",
            reason_key=key_of("explain") if first else "",
        )
        if finding.severity == "reason":
            self._reasons.append((finding.code, row.reason))
        row.reason.clicked.connect(lambda: self.reason_wanted.emit(finding.code))
        row.go.clicked.connect(lambda: self._go(finding))
        self._ways.append(row.go)
        self._body.add(row)
        row.show()  # at once, so that it can take the focus

    def _add_known(self, finding: Finding) -> None:
        row = PointRow(finding.sentence)
        row.show_point(finding.sentence, note=finding.detail, sign="eye")
        if way_of(finding) is not None:
            show = Button(f"Show: {finding.sentence}", words="Show", kind=Kind.QUIET)
            show.set_compact()
            show.clicked.connect(lambda: self._go(finding))
            row.add_button(show)
        self._body.add(row)
        self._body.add(Rule())

    def _add_settled(self, settled: list[Finding]) -> None:
        self._body.add(Words("Settled, with your reason", size="label", tone="muted"))
        for finding in settled:
            row = PointRow(finding.sentence)
            row.show_point(finding.sentence, note=finding.explained, sign="check", tone="ok")
            self._body.add(row)

    def _go(self, finding: Finding) -> None:
        way: FindingWay | None = way_of(finding)
        if way is not None:
            self.way_wanted.emit(finding, way)

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._show()
        self._fold.setFocus()

    # ------------------------------------------------ acts

    def press(self, number: int) -> bool:
        """Goes to the point of that number; False where there is none, or nowhere to go."""
        if not 1 <= number <= len(self._ways):
            return False
        button = self._ways[number - 1]
        if not button.isVisibleTo(self):
            return False
        button.click()
        return True

    def explain_first(self) -> bool:
        """Asks for the reason of the first point that needs one; False where none does."""
        if not self._reasons:
            return False
        self._reasons[0][1].click()
        return True

    def begin(self) -> bool:
        """Puts the focus on what settles the first point; False where none stands."""
        first = [
            b for b in (*[b for _, b in self._reasons[:1]], *self._ways) if b.isVisibleTo(self)
        ]
        if first:
            first[0].setFocus()
        return bool(first)


def _nothing_stands() -> Notice:
    box = Notice("Nothing stands in the way", tone="ok", inset=(tokens.S3, tokens.S2))
    row = Row(gap=tokens.S3)
    row.add_level(Mark(SIGNS["ok"], colour="ok"))
    row.add(Words("Nothing stands in the way", tone="ok", weight=tokens.SEMIBOLD), stretch=1)
    box.add(row)
    return box


def _counted(open_: tuple[Finding, ...], know: int) -> str:
    """How many of each: “1 stops signing, 2 need a reason, 3 to know”."""
    stops = sum(f.severity == "stop" for f in open_)
    reasons = len(open_) - stops
    parts = []
    if stops:
        parts.append(f"{stops} {'stops' if stops == 1 else 'stop'} signing")
    if reasons:
        parts.append(f"{reasons} {'needs' if reasons == 1 else 'need'} a reason")
    if know:
        parts.append(f"{know} to know")
    return ", ".join(parts)

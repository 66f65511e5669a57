"""The arithmetic of the dose: every step with its units, and the vial as a forced choice."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketachart.domain.counts import left_in_vial
from ketachart.domain.facts import VialTaken
from ketachart.domain.policy_drug import Vial
from ketachart.domain.visit import Visit
from ketachart.domain.wording import amount, clock, day, listed, weight, with_unit
from ui import theme, tokens
from ui.forms.vial import vial_choices
from ui.language.saying import describe, say_name
from ui.screens.arithmetic_lines import CODES, Arithmetic, Line, arithmetic
from ui.screens.gravity_row import GravityRow
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row, Rule
from ui.widgets.card import Card, Heading
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.words import Words

HIDDEN = "hidden until compared"


class _Number(Words):
    """The number of a step in a small box."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number), size="small", tone="muted", wraps=False)
        self.setProperty("keycap", "true")


class Pair(QWidget, Dressed):
    """Two things at the ends of a line, one beneath the other where they do not fit."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(right)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))


class StepRow(QWidget, Dressed):
    """What it is and how it is worked out at the left, the result with its unit at the right."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._name = Words(weight=tokens.MEDIUM)
        self._expression = Words(size="small", tone="muted")
        words = Column(gap=0)
        words.add(self._name)
        words.add(self._expression)
        left = Row(gap=tokens.S3)
        left.add_level(_Number(number))
        left.add(words, stretch=1)
        self._value = Words(size="value", weight=tokens.SEMIBOLD, wraps=False)
        self._unit = Words(tone="muted", wraps=False)
        self._sign = Mark("", size=tokens.ICON_SMALL)
        self._waits = Words(size="small", tone="muted")
        right = Row(gap=tokens.S2)
        for part in (self._sign, self._waits, self._value, self._unit):
            right.add_level(part)
        self._ends = Ends()
        inside = QWidget()
        inside.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(right)
        self._line = QHBoxLayout(self)
        self._line.addWidget(inside, 0, Qt.AlignmentFlag.AlignVCenter)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale; every unit has the same room, so that the numbers line up."""
        self._line.setContentsMargins(0, 0, 0, 0)
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))
        self._unit.setFixedWidth(look.px(tokens.UNIT_COLUMN))

    def show_line(self, line: Line, *, masked: bool) -> None:
        """The result, or what it waits for, or that it is hidden."""
        hidden = masked and line.is_target
        self._name.setText(line.name)
        waits = HIDDEN if hidden else line.waits
        known = line.value if not waits else None
        self._expression.setText(line.without_numbers if hidden else line.expression)
        self._waits.setText(waits)
        self._sign.set_sign("eye-off" if hidden else "", colour="muted")
        self._value.setText(amount(known) if known is not None else "")
        self._unit.setText(known.unit if known is not None else "")
        for part, shown in (
            (self._sign, hidden),
            (self._waits, bool(waits)),
            (self._value, known is not None),
            (self._unit, known is not None),
        ):
            part.setVisible(shown)
        said = with_unit(known) if known is not None else waits
        say_name(self, f"{line.name}: {said}")
        describe(self, self._expression.text())


class ArithmeticCard(Card):
    """Every step, and the vial and the gravity set between them, asked and never assumed."""

    vial_wanted = Signal(str)  # the strength that was pressed
    set_chosen = Signal(object)  # drops per mL of a gravity set; None is a pump

    def __init__(self, visit: Visit) -> None:
        super().__init__("Arithmetic", gap=tokens.S1)
        self._heading = Heading("Arithmetic", aside="every step, every unit")
        self._weighed = Words(size="small", tone="muted")
        self._heading.set_right(self._weighed)
        self.add(self._heading)
        self._fault = Notice("Why it cannot be worked out", tone="danger", inset=_INSET)
        self._fault_words = Words(size="small", tone="danger")
        self._fault.add(self._fault_words)
        self.add(self._fault)
        self._rows: dict[str, StepRow] = {}
        self._strength = ""
        self._sold = {with_unit(vial.strength_mg_per_ml) for vial in visit.protocol.vials}
        self.vials = vial_choices(visit.protocol.vials)
        self._about_vial = Words(size="small", tone="warn")
        self._never = Words(size="small", tone="muted")
        self._given = Words(weight=tokens.MEDIUM)
        self.gravity = GravityRow(visit.protocol.drop_factors)
        self.gravity.set_chosen.connect(self.set_chosen)
        number = 1
        for code in CODES:
            if code == "drops":
                self.add(self.gravity)
            self._rows[code] = StepRow(number)
            self.add(self._rows[code], stretch=1)
            if code != "drops":
                self.add(Rule())
            number += 1
            if code == "dose":
                self.add(self._vial_row(number, visit.protocol.vials))
                self.add(Rule())
                number += 1
        self._foot = Notice("The vial", tone="muted", inset=_INSET)
        self._rounding = Words(size="small")
        self._foot_words = Words(size="small", tone="muted")
        self._foot.add(self._given)
        self._foot.add(self._rounding)
        self._foot.add(self._foot_words)
        self.add(self._foot)
        self.vials.changed.connect(self._pressed)

    def _vial_row(self, number: int, vials: tuple[Vial, ...]) -> QWidget:
        head = Row(gap=tokens.S3)
        head.add_level(_Number(number))
        question = Words("Which vial is in your hand?", weight=tokens.MEDIUM)
        head.add(Pair(question, self._about_vial), stretch=1)
        column = Column(gap=tokens.S1, inset=(0, tokens.S1))
        column.add(head)
        column.add(self.vials)
        never = [with_unit(v.strength_mg_per_ml) for v in vials if v.undiluted_never]
        if never:
            self._never.setText(f"{listed(never)} is never given undiluted")
            column.add(self._never)
        return column

    # ------------------------------------------------ showing

    def show_visit(
        self, visit: Visit, now: datetime, *, masked: bool, drops_per_ml: int | None = None
    ) -> None:
        """Every step as it stands; what pump and label must show is hidden while masked."""
        worked = arithmetic(visit, now, drops_per_ml)
        for line in worked.lines:
            self._rows[line.code].show_line(line, masked=masked)
        self._rows["drops"].setVisible(drops_per_ml is not None)
        self.gravity.show_set(drops_per_ml, closed=masked)
        self._show_meaning(worked, masked=masked)
        self._fault_words.setText(worked.fault)
        self._fault.setVisible(bool(worked.fault))
        fact = visit.weight
        self._weighed.setText(
            f"{weight(fact.weight_kg)}, {clock(fact.at)}" if fact is not None else ""
        )
        self._show_vial(worked.vial)
        self._show_foot(visit, worked.vial, masked=masked)

    def _show_meaning(self, worked: Arithmetic, *, masked: bool) -> None:
        """The rate in all its units, and what rounding does: both would tell the target."""
        chain = None if masked else worked.chain
        self._given.setVisible(chain is not None)
        self._rounding.setVisible(chain is not None)
        if chain is not None:
            self._given.setText(chain.given.words)
            self._rounding.setText(f"Rounding: {chain.rounding.words}")

    def _show_vial(self, vial: VialTaken | None) -> None:
        self._strength = with_unit(vial.strength_mg_per_ml) if vial is not None else ""
        self._never.setVisible(vial is None or self._strength in self._never.text())
        self._show_strength()
        if vial is None:
            self._about_vial.setText("nothing is chosen for you")
            self._about_vial.set_tone("warn")
        else:
            self._about_vial.setText(f"{vial.vial}, lot {vial.lot}, to {day(vial.expires)}")
            self._about_vial.set_tone("muted")

    def _show_strength(self) -> None:
        """What is on file shows as chosen, whatever was pressed and not recorded."""
        blocked = self.vials.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.vials.choose(*([self._strength] if self._strength in self._sold else []))
        self.vials.blockSignals(blocked)

    def _show_foot(self, visit: Visit, vial: VialTaken | None, *, masked: bool) -> None:
        if masked:
            self._foot_words.setText("Pump numbers stay hidden until you compare.")
        elif vial is None:
            self._foot_words.setText("A wrong vial strength is a five- or tenfold dose.")
        else:
            left = with_unit(left_in_vial(visit, vial.vial))
            self._foot_words.setText(f"In {vial.vial} now: {left}, for the drug count")
        if vial is None and not masked:
            self._foot.set_tone("warn")
        else:
            self._foot.set_tone("muted")

    def _pressed(self, chosen: tuple[str, ...]) -> None:
        """Ask for the label of that vial; the choice shows once it is recorded."""
        self._show_strength()
        self.vial_wanted.emit(chosen[0] if chosen else self._strength)


_INSET = (tokens.S3, tokens.S2)

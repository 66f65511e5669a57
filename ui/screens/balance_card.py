"""The drug balance as a sum that closes or does not, with the readings it is checked against."""

from PySide6.QtWidgets import QWidget

from ketachart.domain.counts import Balance
from ketachart.domain.found.drug import three_totals
from ketachart.domain.quantities import Mg
from ketachart.domain.wording import amount, with_unit
from ui import tokens
from ui.language.saying import describe
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.card import Card, Heading
from ui.widgets.flow import Ends, Flow
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.words import Words


class BalanceCard(Card):
    """Taken out = given + wasted + sealed + unaccounted, in milligrams of ketamine."""

    def __init__(self) -> None:
        self._sum, self._readings, self._ends = Flow(), Flow(), Ends()
        super().__init__("Drug balance", gap=tokens.S2)
        self._shown: Balance | None = None
        self._heading = Heading("Drug balance", aside="ketamine, mg")
        self._verdict = Notice("Drug balance", tone="ok", inset=(tokens.S3, tokens.S2))
        self._sign = Mark(SIGNS["ok"], colour="ok")
        self._word = Words(weight=tokens.SEMIBOLD)
        line = Row(gap=tokens.S2)
        line.add_level(self._sign)
        line.add(self._word)
        self._verdict.add(line)
        self._terms, self._others, above = QWidget(), QWidget(), QWidget()
        self._terms.setLayout(self._sum)
        self._others.setLayout(self._readings)
        above.setLayout(self._ends)
        self._ends.add(self._terms)
        self._ends.add(self._verdict)
        for part in (self._heading, above, self._others):
            self.add(part)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        self._sum.set_gaps(look.px(tokens.S4), look.px(tokens.S1))
        self._readings.set_gaps(look.px(tokens.S6), look.px(tokens.S1))
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S2))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))

    def show_balance(self, sums: Balance) -> None:
        """The sum as it stands."""
        if sums == self._shown:
            return
        self._shown = sums
        self._show_terms(sums)
        self._show_readings(sums)
        self._show_verdict(sums)

    def _show_terms(self, sums: Balance) -> None:
        _clear(self._sum)
        tone: Tone = "ok" if sums.closes else "warn"
        parts: list[tuple[str, Mg, str, Tone]] = [
            ("", sums.out, "taken out", "text"),
            ("=", sums.given, f"given, by {sums.given_by}", "text"),
            ("+", sums.wasted, "wasted", "text"),
            ("+", sums.returned, "sealed for return", "text"),
        ]
        if sums.broken.above_zero:
            parts.append(("+", sums.broken, "broken or spilled", "text"))
        parts.append(("+", sums.unaccounted, "unaccounted", tone))
        for operator, mg, label, colour in parts:
            self._sum.add(_term(operator, mg, label, colour))
        describe(
            self, " ".join(f"{op} {with_unit(mg)} {label}".strip() for op, mg, label, _ in parts)
        )

    def _show_readings(self, sums: Balance) -> None:
        _clear(self._readings)
        for label, text in (*three_totals(sums), *_beside(sums)):
            column = Column(gap=0)
            column.add(Words(label, size="small", tone="muted"))
            column.add(Words(text, size="label"))
            self._readings.add(column)

    def _show_verdict(self, sums: Balance) -> None:
        tone: Tone = "ok" if sums.closes else "warn"
        if sums.out.is_zero:
            words = "None taken out"
        elif sums.closes:
            words = "Closes"
        else:
            words = f"{with_unit(sums.unaccounted)} open"
        self._verdict.set_tone(tone)
        self._sign.set_sign(SIGNS[tone], colour=tone)
        self._word.setText(words)
        self._word.set_tone(tone)
        describe(self._verdict, words)


def _beside(sums: Balance) -> tuple[tuple[str, str], ...]:
    """How far pump and rates are apart, and what was drawn up."""
    drawn = ("Drawn up", with_unit(sums.drawn))
    pump = sums.pump
    if pump is None:
        return (drawn,)
    both = [with_unit(mg) for mg in (pump.apart,) if mg is not None] + [with_unit(pump.apart_ml)]
    return ("Pump and rates apart", ", ".join(both)), drawn


def _term(operator: str, mg: Mg, label: str, tone: Tone) -> Row:
    """A term with what stands before it: they never part at the end of a line."""
    column = Column(gap=0)
    column.add(Words(amount(mg), size="value", weight=tokens.SEMIBOLD, tone=tone, wraps=False))
    column.add(Words(label, size="small", tone="muted"))
    row = Row(gap=tokens.S4)
    if operator:
        row.add_level(Words(operator, size="value", tone="muted", wraps=False))
    row.add(column)
    return row


def _clear(flow: Flow) -> None:
    while (item := flow.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

"""What came of the last reading: it agrees, or it differs, named for what it looks like."""

from PySide6.QtCore import QTimer

from ketachart.domain.check.expected import expected
from ketachart.domain.check.pump_check import Slip, slips
from ketachart.domain.facts import PumpChecked
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import amount, clock_with_seconds, count
from ui import tokens
from ui.screens.pump_stage import NAMES, blind_sentence, headline
from ui.tokens import Tone
from ui.widgets.boxes import Column, Rule, bring_into_sight
from ui.widgets.cells import Cell, CellRow, Cells
from ui.widgets.verdict_box import VerdictBox
from ui.widgets.words import Words

_STEPS = (
    "Leave the clamp closed.",
    "Correct what differs on the pump, or the label.",
    "Read all three values again.",
)


class PumpResult(Column):
    """The order's numbers stand here only where they are not hidden."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self._box = VerdictBox("Result of the check")
        self._table = Cells("Read and ordered")
        self._to_do = Column(gap=tokens.S1)
        self._to_do.add(Words("What to do", size="label", weight=tokens.SEMIBOLD))
        for number, step in enumerate(_STEPS, start=1):
            self._to_do.add(Words(f"{number}  {step}", size="small"))
        self._kept = Column(gap=tokens.S1)
        self._kept_rows = Cells("Readings kept", grows=1)
        self._kept.add(Words("Readings kept", size="label", weight=tokens.SEMIBOLD))
        self._kept.add(self._kept_rows)
        for part in (self._box, self._table, Rule(), self._to_do, self._kept):
            self.add(part)

    def come_into_sight(self) -> None:
        """The verdict is read before anything else is pressed, however large the letters are."""
        QTimer.singleShot(0, self, lambda: bring_into_sight(self._box))  # once it is laid out

    def show_result(self, visit: Visit, check: Entry[PumpChecked] | None, *, masked: bool) -> None:
        """The last reading against the order; while masked without the order's numbers."""
        if check is None:
            return
        found = slips(visit, check.fact)
        self._to_do.setVisible(bool(found))
        if found:
            self._box.show_verdict(
                "danger", headline(found), sentence=_sentence(check, found, masked=masked)
            )
        else:
            who = check.fact.reader_name or "you alone, after the wait"
            self._box.show_verdict(
                "ok", "They agree", sentence=f"Read by {who}, {clock_with_seconds(check.at)}."
            )
        self._table.show_rows(_table(visit, check.fact, found, masked=masked))
        self._kept_rows.show_rows(_kept(visit))


def _sentence(check: Entry[PumpChecked], found: tuple[Slip, ...], *, masked: bool) -> str:
    """What differs; while masked, no consequence that a strength could be worked out from."""
    if not masked:
        return " ".join(slip.told for slip in found)
    said = [blind_sentence(check.fact, slip) for slip in found]
    said += [slip.consequence for slip in found if slip.field == "rate_ml_h"]
    return " ".join(filter(None, said))


def _table(
    visit: Visit, check: PumpChecked, found: tuple[Slip, ...], *, masked: bool
) -> tuple[CellRow, ...]:
    should = expected(visit, check.at, check.drops_per_ml)
    if should is None:
        return ()
    ordered = {
        "rate_ml_h": should.rate,
        "volume_ml": should.volume,
        "strength_mg_per_ml": should.strength,
    }
    wrong = {slip.field for slip in found}
    rows: list[CellRow] = [
        (Cell(""), Cell("Read"), *(() if masked else (Cell("Order"),)), Cell("")),
    ]
    for key, name in NAMES.items():
        read = getattr(check, key)
        differs = key in wrong
        tone: Tone = "danger" if differs else "text"
        order = () if masked else (Cell(amount(ordered[key]), "text", strong=True),)
        rows.append(
            (
                Cell(f"{name}, {read.unit}"),
                Cell(amount(read), tone, strong=True),
                *order,
                Cell("× differs", "danger") if differs else Cell("✓ same", "ok"),
            )
        )
    return tuple(rows)


def _kept(visit: Visit) -> tuple[CellRow, ...]:
    """Every reading of this visit, the last one first."""
    rows = []
    for entry in reversed(visit.of(PumpChecked)):
        fact = entry.fact
        values = f"{amount(fact.rate_ml_h)}   {amount(fact.volume_ml)}   "
        values += amount(fact.strength_mg_per_ml)
        wrong = len(slips(visit, fact))
        told = Cell(f"{count(wrong, 'value')} off", "danger") if wrong else Cell("agreed", "ok")
        rows.append((Cell(clock_with_seconds(entry.at)), Cell(values, "text"), told))
    return tuple(rows)

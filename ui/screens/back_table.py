"""Back to baseline: the signs before the start beside the sets since the end."""

from ketachart.domain.recovery import SAME, BackToBaseline
from ketachart.domain.wording import DASH
from ui import tokens
from ui.actions import key_of
from ui.tokens import Tone
from ui.widgets.boxes import Column
from ui.widgets.cells import Cell, CellRow, Cells
from ui.widgets.empty_state import EmptyState


class BackTable(Column):
    """A small table to be read across; the newest set is the strong one."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._cells = Cells("Back to baseline")
        self._cells.spread()
        self._nothing = EmptyState(
            "heart-pulse",
            "Nothing was measured yet",
            explained=f"Each set of vitals ({key_of('vitals')}) stands here beside the baseline.",
            small=True,
        )
        self.add(self._cells)
        self.add(self._nothing)

    def show_table(self, table: BackToBaseline) -> None:
        """Show the signs; a sign that was never measured has no row."""
        self._cells.setVisible(bool(table.rows))
        self._nothing.setVisible(not table.rows)
        head = (Cell(""), Cell("Baseline"), *map(Cell, table.times), Cell("Change"))
        rows: list[CellRow] = [head]
        last = len(table.times) - 1
        for row in table.rows:
            tone: Tone = "ok" if row.change == SAME else "muted" if row.change == DASH else "text"
            rows.append(
                (
                    Cell(row.label),
                    Cell(row.before, "text"),
                    *(
                        Cell(value, "text", strong=place == last)
                        for place, value in enumerate(row.since)
                    ),
                    Cell(row.change, tone),
                )
            )
        self._cells.show_rows(tuple(rows))

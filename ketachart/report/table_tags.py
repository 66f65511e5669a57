"""The parts of one table for a reading program: its header cells once, and a row for each row."""

from collections.abc import Sequence

from ketachart.report.rows import Measured
from ketachart.report.sections.pieces import Divider, Table
from ketachart.report.tags import Node

Cells = Sequence[Node | None]


class TableTags:
    """Hands out the nodes of a table's cells while it is drawn, over as many pages as it takes."""

    def __init__(self, tree: Node, table: Table) -> None:
        self._tree = tree
        self._node = Node("Table")
        self._columns = len(table.columns)
        self._headed = any(column.head for column in table.columns)
        self._begun = False
        self._number = 0
        self._last: list[Node] = []

    def heads(self) -> Cells:
        """The header cells, the first time; on the next page they stand there for the eye alone."""
        first, self._begun = not self._begun, True
        if first:
            self._tree.kids.append(self._node)  # behind the heading, which is drawn before it
        if not first or not self._headed:
            return [None] * self._columns
        row = self._node.add("TR")
        return [row.add("TH", scope="Column") for _ in range(self._columns)]

    def row(self, measured: Measured) -> Cells:
        """The cells of a row; of one that goes on over the page, the same again.

        A table without column headings has the words before each value as headers of their row.
        """
        if isinstance(measured.line, Divider):
            row = self._node.add("TR")
            return [row.add("TH", scope="Row", across=self._columns)]
        if measured.number != self._number:
            self._number = measured.number
            row = self._node.add("TR")
            self._last = [self._cell(row, place) for place in range(self._columns)]
        return self._last

    def _cell(self, row: Node, place: int) -> Node:
        if place == 0 and not self._headed and self._columns > 1:
            return row.add("TH", scope="Row")
        return row.add("TD")

"""Where the parts of the patient strip stand: whose visit it is, and what stands at its corner."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLayoutItem, QWidget

from ui.widgets.flow import Flow, Place, Places, height_in


class Corner(Flow):
    """Like words on lines, each of which ends at the right."""

    def _places(self, width: int) -> list[Place]:
        placed = super()._places(width)
        line: list[QRect] = []
        for _, place in placed:
            if line and place.left() <= line[-1].left():
                self._end(line, width)
                line = []
            line.append(place)
        self._end(line, width)
        return placed

    @staticmethod
    def _end(line: list[QRect], width: int) -> None:
        left = width - line[-1].right() - 1 if line else 0
        for place in line:
            place.translate(left, 0)


class AroundCorner(Flow):
    """Like words on lines, around one thing in the corner at the top right.

    What is in the corner stands on one line, or on two where all of it is lower then.
    """

    def __init__(self, corner: QWidget) -> None:
        super().__init__()
        self._around: dict[tuple[int, int], list[Place]] = {}  # until something in it changes
        self.add(corner)

    def _forget(self) -> None:
        super()._forget()
        self._around = {}

    def height_beside(self, width: int, corner: int) -> int:
        """How high it is in a width where the thing in the corner is so wide, all in pixels."""
        return _bottom(self._best(width, corner))

    def _places(self, width: int) -> list[Place]:
        return self._best(width, self._items[0].sizeHint().width())

    def _best(self, width: int, corner: int) -> list[Place]:
        known = self._around.get((width, corner))
        if known is None:
            halved = (corner + self._gap) * 3 // 5
            sets = (self._lines(width, corner), self._lines(width, halved, rows=2))
            known = self._around[width, corner] = min(sets, key=_bottom)
        return known

    def _lines(self, width: int, corner: int, rows: int = 1) -> list[Place]:
        first, *others = self._shown()
        high = first.sizeHint().height() * rows + self._line_gap * (rows - 1)
        there = QRect(width - corner, 0, corner, high)
        placed: list[Place] = [(first, there)] if rows > 1 else []
        line: list[Place] = [] if rows > 1 else [(first, there)]
        x, y, room = 0, 0, width - corner - self._gap
        for item in others:
            wide = _width_in(room, item)
            if line and x + wide > room:
                y = self._close(line, y) + self._line_gap
                placed += line
                line, x = [], 0
                room = width - corner - self._gap if y < there.height() else width
                wide = _width_in(room, item)
            line.append((item, QRect(x, y, wide, height_in(item, wide))))
            x += wide + self._gap
        self._close(line, y)
        there.moveTop(0)  # the clock keeps its place, however high what stands beside it is
        return placed + line


def _width_in(room: int, item: QLayoutItem) -> int:
    return max(min(item.sizeHint().width(), room), item.minimumSize().width())


def _bottom(placed: list[Place]) -> int:
    return max(place.bottom() + 1 for _, place in placed)


class NameAndMark(Places):
    """A name, a line below it, and a mark beside whichever of the two leaves it room."""

    def _natural_width(self) -> int:
        name, below, *mark = self._shown()
        beside = sum(self._gap + item.sizeHint().width() for item in mark)
        return max(name.sizeHint().width() + beside, below.sizeHint().width())

    def _places(self, width: int) -> list[Place]:
        y, lines = 0, self._lines(width)
        placed: list[Place] = []
        for line in lines:
            high = max(place.height() for _, place in line)
            for _, place in line:
                place.moveTop(y + (high - place.height()) // 2)
            y += high + self._line_gap
            placed += line
        return placed

    def _lines(self, width: int) -> list[list[Place]]:
        """The mark beside the name, else beside the line below it, else on a line of its own."""
        name, below, *marks = self._shown()
        texts = (name, below)
        lines = [[self._whole(item, width)] for item in texts]
        if not marks:
            return lines
        mark, wide = marks[0], marks[0].sizeHint().width()
        spot = QRect(0, 0, wide, height_in(mark, wide))
        for item, line in zip(texts, lines, strict=True):
            own = item.sizeHint().width()
            if own + self._gap + wide <= width:
                line[0] = self._whole(item, own)
                spot.moveLeft(own + self._gap)
                line.append((mark, spot))
                return lines
        return [*lines, [(mark, spot)]]

    @staticmethod
    def _whole(item: QLayoutItem, width: int) -> Place:
        return item, QRect(0, 0, width, height_in(item, width))

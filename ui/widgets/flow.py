"""Three ways to place things side by side that start a new line before they cut anything."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Place = tuple[QLayoutItem, QRect]


def height_in(item: QLayoutItem, width: int) -> int:
    """How high a thing must be in a width, in pixels."""
    wanted = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    return max(wanted, item.minimumSize().height())


def _rise(item: QLayoutItem) -> int:
    """How far below its top a widget's first line of text stands."""
    widget = item.widget()
    return 0 if widget is None else widget.fontMetrics().ascent()


class Places(QLayout):
    """Shared bookkeeping: keeps the items, asks the subclass where each goes in a given width."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[int, list[Place]] = {}  # by width, until something in it changes
        self._heights: dict[int, int] = {}  # the same
        self._hint: QSize | None = None  # the same
        self._least: QSize | None = None  # the same
        self._items: list[QLayoutItem] = []
        self._gap = 0
        self._line_gap = 0
        self.setContentsMargins(0, 0, 0, 0)

    def set_gaps(self, gap: int, line_gap: int) -> None:
        """Pixels between things on a line, and between lines."""
        self._gap, self._line_gap = gap, line_gap
        self.invalidate()

    def add(self, widget: QWidget) -> None:
        """Put one more widget at the end."""
        self.addWidget(widget)

    def invalidate(self) -> None:
        """Qt says that something in here has another size, is shown, or is gone."""
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._known.clear()
        self._heights.clear()
        self._hint = self._least = None

    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        high = self._heights.get(width)
        if high is None:
            edges = self.contentsMargins()
            placed = self._placed(width - edges.left() - edges.right())
            inside = max((place.bottom() + 1 for _, place in placed), default=0)
            high = self._heights[width] = inside + edges.top() + edges.bottom()
        return high

    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        edges = self.contentsMargins()
        left, top = rect.left() + edges.left(), rect.top() + edges.top()
        for item, place in self._placed(rect.width() - edges.left() - edges.right()):
            item.setGeometry(place.translated(left, top))

    def sizeHint(self) -> QSize:
        if self._hint is None:
            edges = self.contentsMargins()
            width = self._natural_width() + edges.left() + edges.right()
            self._hint = QSize(width, self.heightForWidth(width))
        return self._hint

    def minimumSize(self) -> QSize:
        if self._least is None:
            edges = self.contentsMargins()
            least = [item.minimumSize() for item in self._shown()]
            width = max((size.width() for size in least), default=0)
            height = max((size.height() for size in least), default=0)
            self._least = QSize(
                width + edges.left() + edges.right(), height + edges.top() + edges.bottom()
            )
        return self._least

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _natural_width(self) -> int:
        shown = self._shown()
        gaps = self._gap * max(0, len(shown) - 1)
        return sum(item.sizeHint().width() for item in shown) + gaps

    def _placed(self, width: int) -> list[Place]:
        """Where each goes; a form asks this hundreds of times before anything changes."""
        if width not in self._known:
            self._known[width] = self._places(width)
        return self._known[width]

    def _places(self, width: int) -> list[Place]:
        raise NotImplementedError


class Flow(Places):
    """From left to right, like words; ``baseline`` sets text of unequal size on one line."""

    def __init__(self, *, baseline: bool = False) -> None:
        super().__init__()
        self._baseline = baseline

    def _places(self, width: int) -> list[Place]:
        placed: list[Place] = []
        line: list[Place] = []
        x = y = 0
        for item in self._shown():
            wide = max(min(item.sizeHint().width(), width), item.minimumSize().width())
            if line and x + wide > width:
                y = self._close(line, y) + self._line_gap
                placed += line
                line, x = [], 0
            line.append((item, QRect(x, y, wide, height_in(item, wide))))
            x += wide + self._gap
        self._close(line, y)
        return placed + line

    def _close(self, line: list[Place], top: int) -> int:
        """Set the things of one line level; answers where the line ends."""
        if self._baseline:
            rises = [_rise(item) for item, _ in line]
            for (_, place), rise in zip(line, rises, strict=True):
                place.moveTop(top + max(rises) - rise)
        else:
            tallest = max((place.height() for _, place in line), default=0)
            for _, place in line:
                place.moveTop(top + (tallest - place.height()) // 2)
        return max((place.bottom() + 1 for _, place in line), default=top)


class Ends(Places):
    """One thing at the left and one at the right; the right one goes beneath where both do not fit.

    ``left_room`` is the least width the left thing must keep; None means all it would like.
    """

    def __init__(self, *, left_room: int | None = None) -> None:
        super().__init__()
        self._left_room = left_room

    def set_left_room(self, pixels: int) -> None:
        """The least width the left thing keeps beside the right one."""
        self._left_room = pixels
        self.invalidate()

    def _places(self, width: int) -> list[Place]:
        shown = self._shown()
        if len(shown) < 2:
            return [(item, QRect(0, 0, width, height_in(item, width))) for item in shown]
        left, right = shown
        right_wide = right.sizeHint().width()
        wish = left.sizeHint().width()
        room = wish if self._left_room is None else min(wish, self._left_room)
        room = max(room, left.minimumSize().width())
        if room + self._gap + right_wide > width:
            high = height_in(left, width)
            wide = max(min(right_wide, width), right.minimumSize().width())
            below = QRect(0, high + self._line_gap, wide, height_in(right, wide))
            return [(left, QRect(0, 0, width, high)), (right, below)]
        left_wide = width - self._gap - right_wide
        high, right_high = height_in(left, left_wide), height_in(right, right_wide)
        tallest = max(high, right_high)
        return [
            (left, QRect(0, (tallest - high) // 2, left_wide, high)),
            (right, QRect(width - right_wide, (tallest - right_high) // 2, right_wide, right_high)),
        ]


class EvenGrid(Places):
    """Cells of one width, in as many columns as fit and no more than asked for."""

    def __init__(self, columns: int = 0) -> None:
        super().__init__()
        self._columns = columns
        self._wraps_words = False

    def set_columns(self, columns: int) -> None:
        """The most columns there may be; 0 means as many as there are things."""
        self._columns = columns
        self.invalidate()

    def wrap_words(self) -> None:
        """Keep the columns as long as no word is cut: what is in them takes another line."""
        self._wraps_words = True
        self.invalidate()

    def _cell(self) -> int:
        if self._wraps_words:
            widgets = (item.widget() for item in self._shown())
            return max((w.minimumSizeHint().width() for w in widgets if w is not None), default=0)
        return max((item.sizeHint().width() for item in self._shown()), default=0)

    def _natural_width(self) -> int:
        cell = max((item.sizeHint().width() for item in self._shown()), default=0)
        columns = self._most()
        return cell * columns + self._gap * max(0, columns - 1)

    def _most(self) -> int:
        return min(self._columns or len(self._items), len(self._shown())) or 1

    def _fitting(self, width: int) -> int:
        count, cell = max(1, len(self._shown())), self._cell()
        columns = self._most()
        while columns > 1 and cell * columns + self._gap * (columns - 1) > width:
            rows = -(-count // columns) + 1
            columns = min(columns - 1, -(-count // rows))  # even rows: six are 3 + 3, not 5 + 1
        return columns

    def _places(self, width: int) -> list[Place]:
        shown = self._shown()
        columns = self._fitting(width)
        placed: list[Place] = []
        y = 0
        for first in range(0, len(shown), columns):
            row = shown[first : first + columns]
            edges = [(width + self._gap) * n // columns for n in range(columns + 1)]
            spans = [(edges[n], edges[n + 1] - self._gap - edges[n]) for n in range(len(row))]
            high = max(height_in(item, wide) for item, (_, wide) in zip(row, spans, strict=True))
            for item, (x, wide) in zip(row, spans, strict=True):
                placed.append((item, QRect(x, y, wide, high)))
            y += high + self._line_gap
        return placed

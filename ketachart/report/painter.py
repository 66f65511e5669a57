"""Puts the parts of a sheet on a canvas, and marks in the page what belongs to which part."""

from reportlab.pdfgen.canvas import Canvas

from ketachart.report import fonts
from ketachart.report.pen import Pen
from ketachart.report.sheet import Box, Drawing, Mark, Op, Sheet, Stroke, Words
from ketachart.report.tags import Node


def paint(sheet: Sheet, canvas: Canvas) -> None:
    """Draws everything on the canvas, in the order in which it was laid out."""
    painter = _Painter(canvas, sheet.paper.height)
    for op in sheet.ops:
        painter.paint(op)


def paint_marked(sheet: Sheet, canvas: Canvas) -> list[Node]:
    """The same with marks: gives back which part each marked stretch of the page belongs to."""
    painter = _Painter(canvas, sheet.paper.height)
    marked: list[Node] = []
    for node, ops in sheet.stretches():
        if node is None:
            painter.pen.raw("/Artifact BMC")
        else:
            painter.pen.raw(f"/{node.kind} <</MCID {len(marked)}>> BDC")
            marked.append(node)
        for op in ops:
            painter.paint(op)
        painter.pen.raw("EMC")
    return marked


class _Painter:
    """Turns the page upside down: a sheet counts from its top, a canvas from its foot."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._height = height
        self.pen = Pen(canvas)

    def paint(self, op: Op) -> None:
        """Draws one part."""
        match op:
            case Words():
                self._words(op)
            case Stroke():
                self._stroke(op)
            case Box():
                self._box(op)
            case Mark():
                pass  # said around a stretch, not drawn
            case Drawing():
                self._canvas.saveState()
                self.pen.raw("0 J [] 0 d")
                op.draw(self._canvas)
                self._canvas.restoreState()

    def _words(self, op: Words) -> None:
        style = op.style
        self.pen.fill(style.colour)
        x, y = op.x, self._height - op.y
        if not op.angle:
            self.pen.text(x, y, op.text, style.weight, style.size)
            return
        wide = fonts.width(op.text, style.size, style.weight)
        self.pen.turned_text((x, y), op.angle, (op.text, style.weight, style.size), wide / 2)

    def _stroke(self, op: Stroke) -> None:
        self.pen.stroke(op.colour, op.width, round_=op.round, dash=op.dash or ())
        self.pen.join(round_=op.round)
        if op.fill is not None:
            self.pen.fill(op.fill)
        points = [(x, self._height - y) for x, y in op.points]
        self.pen.path(points, stroke=True, fill=op.fill is not None, closed=op.closed)

    def _box(self, op: Box) -> None:
        if op.frame:
            self.pen.stroke(op.colour, op.frame)
            self.pen.join(round_=False)
        if op.fill is not None:
            self.pen.fill(op.fill)
        shape = (op.x, self._height - op.y - op.height, op.width, op.height)
        framed, filled = op.frame > 0, op.fill is not None
        if op.radius:
            self.pen.rounded(shape, op.radius, stroke=framed, fill=filled)
        else:
            self.pen.rect(shape, stroke=framed, fill=filled)

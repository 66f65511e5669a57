"""The small signs of the window, drawn from shipped outlines in the colour of the moment."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from ketachart import resources

# Lucide draws with 2; a little thinner sits better beside 14-px text and gives off less light.
_DRAWN_STROKE, _OUR_STROKE = b'stroke-width="2"', b'stroke-width="1.75"'


@lru_cache(maxsize=128)
def _outline(name: str) -> bytes:
    return resources.path("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def image(name: str, colour: str, size: int, ratio: float) -> QImage:
    """The sign called ``name`` in ``#rrggbb``, ``size`` pixels square at a device pixel ratio.

    An image and not a pixmap, because the store of drawn signs outlives the application object.

    Raises:
        FileNotFoundError: there is no such sign in ``resources/icons``.
    """
    coloured = _outline(name).replace(b"currentColor", colour.encode())
    renderer = QSvgRenderer(QByteArray(coloured.replace(_DRAWN_STROKE, _OUR_STROKE)))
    side = round(size * ratio)
    # empty bytes, since to fill it with nothing would make all of Qt's names: `ui/numbers.py`
    empty = QImage(bytes(4 * side * side), side, side, QImage.Format.Format_ARGB32_Premultiplied)
    drawn = empty.copy()
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn

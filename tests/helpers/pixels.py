"""Contrast and light as they are seen: measured in the picture of a window, not in its colours.

Of each text its ground is the colour that most pixels of its place have, and its ink the one that
stands off most: antialiasing leaves the whole ink only in the middle of a stroke.
"""

from collections import Counter
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.helpers.qt import all_of
from ui.contrast import luminance

TEXT, LARGE, GRAPHIC = 4.5, 3.0, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
LARGE_PX, LARGE_BOLD_PX = 24, 18.66  # 18 pt, and 14 pt bold
MEAN_DIM, BRIGHTEST_DIM = 0.03, 0.60
MEAN_FULL = 0.04  # where everything is as long as it can be, in letters twice as large


@cache
def light_of(pixel):
    """The relative luminance of a pixel."""
    return luminance(_hex(pixel))


def ratio(one, other):
    """The contrast of two pixels."""
    dark, bright = sorted((light_of(one), light_of(other)))
    return (bright + 0.05) / (dark + 0.05)


def picture_of(window):
    """The window as it is painted, and where its painters wrote: places, letters."""
    with written() as places:
        image = window.grab().toImage()
    return image.convertToFormat(QImage.Format.Format_RGB32), places


def pixels_in(image, place):
    """How many pixels there are of each colour in a part of a picture."""
    part = image.copy(place.intersected(image.rect()))
    return Counter(memoryview(part.constBits()).cast("I")) if not part.isNull() else Counter()


def inks_in(image, place):
    """The ground of what is written in a place, its ink and their contrast."""
    found = pixels_in(image, place)
    (ground, _), *inks = found.most_common() or [(0, 0)]
    seen = [(ratio(ink, ground), ink) for ink, _ in inks]
    contrast, ink = max(seen, default=(21.0, ground))  # nothing can be read there
    return ground, ink, contrast


def faint(window, image, places):
    """A line for every text of a window with less contrast than tired eyes need."""
    said = []
    for name, place, font in [*_texts(window), *places]:
        least, (ground, ink, seen) = _least(name, font), inks_in(image, place)
        if seen < least:
            pair = f"{_hex(ink)} on {_hex(ground)}"
            said.append(f"{name[:60]!r}: {seen:.2f} of {least}, {pair}")
    return said + _faint_outlines(window, image)


def _hex(pixel):
    return f"#{pixel & 0xFFFFFF:06x}"


def _least(text, font):
    if not any(map(str.isalnum, text)):
        return GRAPHIC  # an arrow, a bar
    size = font.pixelSize()
    large = size >= (LARGE_BOLD_PX if font.bold() else LARGE_PX)
    return LARGE if large else TEXT


def _texts(window):
    """What Qt itself writes: labels and fields; closed ones need not be read (WCAG 1.4.3)."""
    for widget in all_of(window, (QLabel, QLineEdit, QPlainTextEdit)):
        text = _text_of(widget)
        if not widget.isEnabled() or not text.strip():
            continue
        if isinstance(widget, QLabel) and not widget.text():
            continue
        seen = widget.visibleRegion().boundingRect()
        inside = seen.intersected(_written_in(widget))
        if inside.height() * 2 >= widget.fontMetrics().height():
            yield text, _in_window(widget, window, inside), widget.font()


def _text_of(widget):
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return widget.text()


def _written_in(widget):
    if isinstance(widget, QLabel):
        return widget.contentsRect()
    edge = 6  # the outline of a field and its ring are no letters
    return widget.rect().adjusted(edge, edge, -edge, -edge)


def _in_window(widget, window, place):
    return place.translated(widget.mapTo(window, QPoint(0, 0)))


def _faint_outlines(window, image):
    """Fields whose outline does not stand off what they stand on."""
    said = []
    for field in all_of(window, (QLineEdit, QPlainTextEdit)):
        if not field.isEnabled() or field.visibleRegion().boundingRect() != field.rect():
            continue
        around = _in_window(field, window, field.rect().adjusted(-4, 0, 4, 0))
        middle = QRect(around.left(), around.center().y(), 10, 1).intersected(image.rect())
        line = [image.pixel(x, middle.y()) for x in range(middle.left(), middle.right() + 1)]
        seen = max((ratio(pixel, line[0]) for pixel in line), default=21.0)
        if seen < GRAPHIC:
            said.append(f"outline of {field.accessibleName()!r}: {seen:.2f} of {GRAPHIC}")
    return said


@contextmanager
def written():
    """While it lasts, where painters of our own write: (text, place in the picture, font)."""
    places, drawn, laid = [], QPainter.drawText, QTextLayout.draw

    def draw_text(painter, *told):
        text = next((part for part in told if isinstance(part, str)), "")
        if text.strip() and isinstance(told[0], (QRect, QRectF)):
            _note(painter, text, painter.boundingRect(told[0], int(told[1]), text), places)
        return drawn(painter, *told)

    def draw_layout(layout, painter, at, *rest):
        place = layout.boundingRect().translated(at)
        _note(painter, layout.text(), place, places, font=layout.font())
        return laid(layout, painter, at, *rest)

    QPainter.drawText, QTextLayout.draw = draw_text, draw_layout
    try:
        yield places
    finally:
        QPainter.drawText, QTextLayout.draw = drawn, laid


def _note(painter, text, place, places, *, font=None):
    device = painter.device()
    if not isinstance(device, QWidget) or not device.isEnabled():
        return
    shown = painter.deviceTransform().mapRect(QRectF(place)).toRect()
    seen = device.visibleRegion().boundingRect()
    seen = seen.translated(device.mapTo(device.window(), QPoint(0, 0)))
    if seen.contains(shown):  # else it is scrolled away, or half of it is
        places.append((text, shown, font or painter.font()))


def place_of(widget, window):
    """Where a widget stands in the picture of its window; None where it is in another."""
    if widget is None or not (widget is window or window.isAncestorOf(widget)):
        return None
    return _in_window(widget, window, widget.rect())


def light(image):
    """The mean and the greatest relative luminance of a picture."""
    found = pixels_in(image, image.rect())
    mean = sum(light_of(pixel) * count for pixel, count in found.items()) / found.total()
    return mean, max(map(light_of, found))


def too_bright(image, *, caret=None, most_mean=MEAN_DIM):
    """What is wrong with a picture of a dim theme, in words; ``caret`` is a place left out.

    Qt draws it by turning the colours round: it is some thirty pixels.
    """
    found = pixels_in(image, image.rect())
    mean = sum(light_of(pixel) * count for pixel, count in found.items()) / found.total()
    if caret is not None:
        found -= pixels_in(image, caret)
    most = max(map(light_of, found), default=0.0)
    said = [f"mean luminance {mean:.4f}"] if mean > most_mean else []
    return said + ([f"a pixel of {most:.2f}"] if most > BRIGHTEST_DIM else [])

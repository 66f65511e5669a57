"""The drawing of a visit as a picture: painted whole once, and after that where it changes."""

from collections.abc import Sequence
from math import ceil, floor

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from ketachart.timeline.changes import changes, merged, place_of
from ketachart.timeline.scene import Scene
from ketachart.timeline.scene_parts import Box, Part
from ui.language import spoken as language
from ui.theme import Look
from ui.widgets.timeline_paint import paint


class Picture:
    """A pixmap of the last scene that was asked for."""

    def __init__(self) -> None:
        self.scene: Scene | None = None
        self._pixmap = QPixmap()
        self._made_for: tuple[object, ...] = ()

    def of(self, scene: Scene, ratio: float, look: Look) -> QPixmap:
        """The scene as it is shown.

        Args:
            scene: what is drawn.
            ratio: pixels of the screen in one device-independent pixel.
            look: its colours.
        """
        before, made_for = self.scene, (scene.width, scene.height, ratio, look, language())
        if scene is before and made_for == self._made_for:
            return self._pixmap
        same = before is not None and made_for == self._made_for
        places = changes(before.parts, scene.parts) if before is not None and same else None
        if places is None:
            self._begin(scene, ratio)
            self._paint(scene.parts, look, None)
        placed = [(place_of(part), part) for part in scene.parts] if places else []
        for box in merged(places or ()):
            whole = _whole(box, ratio)
            self._paint([part for place, part in placed if place.meets(whole)], look, whole)
        self.scene, self._made_for = scene, made_for
        return self._pixmap

    def _begin(self, scene: Scene, ratio: float) -> None:
        size = QSize(ceil(scene.width * ratio), ceil(scene.height * ratio))
        self._pixmap = QPixmap(size)
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)

    def _paint(self, parts: Sequence[Part], look: Look, within: Box | None) -> None:
        painter = QPainter(self._pixmap)
        if within is not None:
            place = QRectF(within.left, within.top, within.width, within.height)
            painter.setClipRect(place)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(place, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        paint(painter, parts, look, within=within)
        painter.end()


def _whole(box: Box, ratio: float) -> Box:
    """A box on whole pixels of the picture, around the one that is given."""
    return Box(
        floor(box.left * ratio) / ratio,
        floor(box.top * ratio) / ratio,
        ceil(box.right * ratio) / ratio,
        ceil(box.bottom * ratio) / ratio,
    )

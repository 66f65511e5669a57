"""The one typeface of screen and paper, shipped with KetaChart and so the same everywhere."""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from ketachart import resources

FAMILY: Final = "IBM Plex Sans"
_CUTS: Final = ("Regular", "Medium", "SemiBold", "Bold")


def register() -> None:
    """Make the bundled typeface known to Qt; needs the application object, and may be called again.

    Raises:
        FileNotFoundError: a font file is missing or cannot be read; the installation is incomplete.
    """
    if {"Medium", "SemiBold"} <= set(QFontDatabase.styles(FAMILY)):
        return
    for cut in _CUTS:
        file = resources.path("fonts", f"IBMPlexSans-{cut}.ttf")
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(
                f"The font {file.name} cannot be read. Install KetaChart again."
            )


def font(pixels: int, weight: int) -> QFont:
    """The typeface at a height in device-independent pixels and a weight from 400 to 700."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made

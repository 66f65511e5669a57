"""The one typeface of screen and paper, shipped with KetaChart and so the same everywhere."""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from ketachart import resources

FAMILY: Final = "IBM Plex Sans"
_CUTS: Final = ("Regular", "Medium", "SemiBold", "Bold")
_registered: Final[list[int]] = []


def register() -> None:
    """Make the bundled typeface known to Qt; needs the application object, and may be called again.

    Raises:
        FileNotFoundError: a font file is missing or cannot be read; the installation is incomplete.
    """
    # asked of what was registered here: to ask for a family by name reads every font of the system
    if _registered and QFontDatabase.applicationFontFamilies(_registered[0]):
        return
    _registered.clear()
    for cut in _CUTS:
        file = resources.path("fonts", f"IBMPlexSans-{cut}.ttf")
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise FileNotFoundError(
                f"The font {file.name} cannot be read. Install KetaChart again."
            )
        _registered.append(number)


def font(pixels: int, weight: int) -> QFont:
    """The typeface at a height in device-independent pixels and a weight from 400 to 700."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made

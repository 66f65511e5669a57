"""The one typeface of screen and paper, shipped with KetaChart and so the same everywhere."""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from ketachart import resources

FAMILY: Final = "IBM Plex Sans"
_CUTS: Final = ("Regular", "Medium", "SemiBold")  # what stands on the first screen
_LATER: Final = ("Bold",)
_registered: Final[list[int]] = []


def register(*, whole: bool = True) -> None:
    """Make the bundled typeface known to Qt; needs the application object, and may be called again.

    Without ``whole``, the weight that no first screen has is left for the next call.

    Raises:
        FileNotFoundError: a font file is missing or cannot be read; the installation is incomplete.
    """
    # asked of what was registered here: to ask for a family by name reads every font of the system
    if not (_registered and QFontDatabase.applicationFontFamilies(_registered[0])):
        _registered.clear()
        _add(_CUTS)
    if whole and len(_registered) == len(_CUTS):
        _add(_LATER)


def _add(cuts: tuple[str, ...]) -> None:
    for cut in cuts:
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

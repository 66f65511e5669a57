"""How everything looks now: one theme and one text size, changed while the visit goes on."""

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui import fonts, numbers, tokens
from ui.sheet import SHEET
from ui.tokens import Palette, ThemeName, TypeName


class Look:
    """One theme at one text size; the only way a widget comes to a colour or a number of pixels.

    Each is made once, by `look_of`.
    """

    __slots__ = ("name", "palette", "scale")

    def __init__(self, name: ThemeName, palette: Palette, scale: float) -> None:
        self.name, self.palette, self.scale = name, palette, scale

    def px(self, size: float) -> int:
        """A size from ``ui/tokens.py`` in device-independent pixels; never 0 unless it was 0."""
        return max(1, round(size * self.scale)) if size else 0

    def colour(self, token: str) -> QColor:
        """The colour of a token, for painting."""
        return QColor(self.palette[token])

    def font(self, size: TypeName, weight: int = tokens.REGULAR) -> QFont:
        """The typeface at one of the seven sizes."""
        return fonts.font(self.px(tokens.TYPE[size]), weight)


class Dressed:
    """A widget that sets its own sizes and signs, and does so again when the look changes."""

    def dress(self, look: Look) -> None:
        """Take every size and colour from ``look``; called at any time, also while hidden."""
        raise NotImplementedError


@lru_cache(maxsize=16)
def look_of(name: ThemeName, scale: float) -> Look:
    """The look of a theme at a text size; raises KeyError for a theme that does not exist."""
    palettes = tokens.THEMES
    if scale >= tokens.LARGE_FROM:
        from ui import tokens_large

        palettes = tokens_large.LARGE
    return Look(name, palettes[name], scale)


_standing: Final = [look_of("dim", 1.0)]  # the one that was applied last


def look() -> Look:
    """The look that stands now: dim at 100 % until ``apply`` was called."""
    return _standing[0]


def _palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for where, token in {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "field",
        role.AlternateBase: "surface",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "text",
        role.Light: "raised",
        role.Midlight: "raised",
        role.Mid: "line",
        role.Dark: "line",
        role.Shadow: "bg",
        role.Highlight: "cta",
        role.HighlightedText: "on_cta",
        role.PlaceholderText: "faint",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.Accent: "accent",
    }.items():
        made.setColor(where, QColor(colours[token]))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours["faint"]))
    return made


def _measures(look: Look) -> dict[str, str]:
    """Every size the sheet may use, by name; the ``_ring`` ones keep a ring from moving text."""
    px = look.px
    sizes = {f"t_{name}": px(size) for name, size in tokens.TYPE.items()}
    sizes |= {f"s{n}": px(size) for n, size in enumerate((0, 4, 8, 12, 16, 20, 24))}
    sizes |= {
        "hair": px(tokens.HAIR),
        "ring": px(tokens.RING),
        "r_small": px(tokens.RADIUS_SMALL),
        "r": px(tokens.RADIUS),
        "r_large": px(tokens.RADIUS_LARGE),
        "s2_ring": px(tokens.S2) + px(tokens.HAIR) - px(tokens.RING),
        "inset": px(tokens.S3),
        "inset_ring": px(tokens.S3) + px(tokens.HAIR) - px(tokens.RING),
        "inner": px(tokens.FIELD) - 2 * px(tokens.HAIR),
        "inner_ring": px(tokens.FIELD) - 2 * px(tokens.RING),
        "target": px(tokens.TARGET),
        "bar": px(tokens.SCROLL_BAR),
        "bar_gap": px(tokens.S1),  # between what scrolls and the bar's handle
        "bar_end": (px(tokens.SCROLL_BAR) - px(tokens.S1)) // 2,
    }
    return {name: f"{size}px" for name, size in sizes.items()}


def _sheet(look: Look) -> str:
    values = {name: look.palette[name] for name in Palette.__slots__} | _measures(look)
    pieces = SHEET.split("$")
    made = [pieces[0]]
    for piece in pieces[1:]:
        end = next(i for i, letter in enumerate(piece) if not (letter.isalnum() or letter == "_"))
        made += values[piece[:end]], piece[end:]
    return "".join(made)


def settle(app: QApplication) -> None:
    """What is said once: the plain style, no movement, no white system dialogs."""
    from PySide6.QtCore import Qt  # not before the first paint: see `ui/numbers.py`

    fonts.register()
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    # the general switch: with it off, no menu, list or tool tip slides or fades
    app.setEffectEnabled(Qt.UIEffect.UI_General, False)  # noqa: FBT003 - Qt's own signature


_worn: Final[list[str]] = []  # the sheet of the look that stands


def clothe(window: QWidget) -> None:
    """Gives a window the sheet of the look that stands.

    The sheet lies on windows, not on the application: what is built from the inside out is then
    polished once, when it comes into a window, and not again in every box that it is put into.
    """
    if _worn and window.styleSheet() != _worn[0]:
        window.setStyleSheet(_worn[0])


def apply(app: QApplication, name: ThemeName, scale: float = 1.0, *, settled: bool = True) -> Look:
    """Give the whole application a theme and a text size (1.0 is 100 %), now and without a restart.

    Nothing moves, fades or blinks, and no dialog is the system's own, since those come in white;
    with ``settled`` False the caller sees to that after the first paint (`settle`). What every
    window wears already is not put on again: each widget would be polished anew to look the same.

    Raises:
        KeyError: there is no such theme.
        FileNotFoundError: a font file is missing.
    """
    new = look_of(name, scale)
    fonts.register(whole=settled)
    before, _standing[0] = _standing[0], new
    if not _worn:
        app.setCursorFlashTime(0)
        if settled:
            settle(app)
    windows = [w for w in app.topLevelWidgets() if w.styleSheet() or w.isVisible()]
    if _worn and new is before and all(window.styleSheet() == _worn[0] for window in windows):
        app.setPalette(_palette(new.palette))  # the system may have put in its own
        return new
    # One sheet in place of another is polished anew for each widget once more for every widget it
    # stands in; taken off and put on, each is polished twice (2.6 s against 0.4 s for 1,900).
    for window in windows:
        window.setStyleSheet("")
    app.styleHints().setProperty("colorScheme", numbers.SCHEMES[name == "light"])
    app.setPalette(_palette(new.palette))
    app.setFont(new.font("body"))
    _worn[:] = [_sheet(new)]
    for window in windows:
        window.setStyleSheet(_worn[0])
    for widget in app.allWidgets():
        if isinstance(widget, Dressed):
            widget.dress(new)
        widget.update()
    return new


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget after one of its properties was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()

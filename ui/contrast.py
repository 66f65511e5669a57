"""Which colour stands on which, and the least contrast that lets tired eyes read it in a dim room.

Contrast is the ratio of WCAG 2.2, success criteria 1.4.3, 1.4.6 and 1.4.11. Figures: the design
notes, look.md section 4.
"""

from typing import Final

from ui.tokens import Palette

# (ink, ground, least contrast). The first block is the table of look.md section 4.
PAIRS: Final[tuple[tuple[str, str, float], ...]] = (
    *(("text", ground, 7.0) for ground in ("bg", "surface", "raised", "field")),
    *(("muted", ground, 4.5) for ground in ("surface", "bg", "raised")),
    *(("faint", ground, 4.5) for ground in ("surface", "field")),
    *(("accent_text", ground, 4.5) for ground in ("surface", "accent_soft")),
    *(("on_cta", ground, 4.5) for ground in ("cta", "cta_hover")),
    *(("danger", ground, 4.5) for ground in ("danger_bg", "surface")),
    *(("warn", ground, 4.5) for ground in ("warn_bg", "surface")),
    *(("ok", ground, 4.5) for ground in ("ok_bg", "surface")),
    *((ink, ground, 3.0) for ink in ("control", "focus") for ground in ("surface", "field")),
    ("danger_line", "surface", 3.0),
    ("c_rate", "c_rate_fill", 4.5),
    ("c_cum", "c_rate_fill", 3.0),
    *((ink, "surface", 4.5) for ink in ("c_bp", "c_hr", "c_spo2", "c_pain", "c_fx")),
    *(("axis", ground, 4.5) for ground in ("surface", "future")),
    # and the pairs the widgets add: words and rings on tinted grounds
    *(("text", ground, 7.0) for ground in ("danger_bg", "warn_bg", "ok_bg", "accent_soft")),
    *(("muted", ground, 4.5) for ground in ("danger_bg", "warn_bg", "accent_soft", "field")),
    *(("focus", ground, 3.0) for ground in ("bg", "raised", "accent_soft", "danger_bg")),
    *((ink, "surface", 3.0) for ink in ("accent", "warn_line", "ok_line")),
)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 (black) to 1 (white); WCAG 2.2, glossary."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21; WCAG 2.2, glossary."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def shortfalls(palette: Palette) -> list[str]:
    """A sentence for every pair of ``PAIRS`` that a theme shows with too little contrast."""
    measured = (
        (ink, ground, contrast(palette[ink], palette[ground]), least)
        for ink, ground, least in PAIRS
    )
    return [
        f"{ink} on {ground} is {ratio:.2f}, needs {least}"
        for ink, ground, ratio, least in measured
        if ratio < least
    ]

"""The same themes for the largest letters: these give off more light, and are read at less."""

from typing import Final

from ui import tokens
from ui.tokens import Palette, ThemeName

LARGE: Final[dict[ThemeName, Palette]] = {
    "dim": tokens.DIM.varied(
        surface="#191510",
        raised="#1f1a12",
        danger_bg="#2b130f",
        warn_bg="#221908",
        ok_bg="#131810",
        control="#7a6c55",
        text="#b0a48e",
        muted="#9d907a",
        faint="#94866f",
        accent="#bb8e4a",
        accent_text="#c49b5e",
        accent_soft="#211910",
        cta="#372911",
        cta_hover="#3e2f14",
        on_cta="#c2b397",
        focus="#b69765",
    ),
    "dim-green": tokens.DIM_GREEN.varied(
        surface="#11170f",
        raised="#151c16",
        danger_bg="#2b130f",
        warn_bg="#221908",
        ok_bg="#131810",
        control="#5d745a",
        text="#99ab98",
        muted="#859684",
        faint="#798d78",
        accent="#75a171",
        accent_text="#84ac7f",
        accent_soft="#141d14",
        cta="#1b301e",
        cta_hover="#213625",
        on_cta="#a7baa2",
        focus="#7da678",
    ),
    "light": tokens.LIGHT,
}

"""The same themes for the largest letters: these give off more light, and are read at less."""

from typing import Final

from ui import tokens
from ui.tokens import Palette, ThemeName

LARGE: Final[dict[ThemeName, Palette]] = {
    "dim": tokens.DIM.varied(
        bg="#100d09",
        danger="#cf7f70",
        warn="#c39a4c",
        surface="#130f0b",
        raised="#17130d",
        danger_bg="#210f0c",
        warn_bg="#1c1407",
        ok_bg="#10140d",
        control="#716349",
        text="#ada08b",
        muted="#928570",
        faint="#897b65",
        accent="#ab8042",
        accent_text="#b98f52",
        accent_soft="#1b140c",
        cta="#2e220d",
        cta_hover="#362910",
        on_cta="#b8a98d",
        focus="#b09160",
    ),
    "dim-green": tokens.DIM_GREEN.varied(
        bg="#0a0f0b",
        danger="#cf7f70",
        warn="#c39a4c",
        surface="#0c110b",
        raised="#10150e",
        danger_bg="#210f0c",
        warn_bg="#1c1407",
        ok_bg="#10140d",
        control="#556b52",
        text="#96a694",
        muted="#7b8b7a",
        faint="#73816c",
        accent="#699264",
        accent_text="#7aa075",
        accent_soft="#101710",
        cta="#162818",
        cta_hover="#1d2f21",
        on_cta="#9db098",
        focus="#77a074",
    ),
    "light": tokens.LIGHT,
}

"""How Sphinx builds the documentation: pages from docs/, colours from the window's own tokens."""

import re
import sys
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT)]

from ketachart import __version__  # noqa: E402 - the checkout has to be found first
from ui.actions import key_of  # noqa: E402 - as above
from ui.help.pages import KEY  # noqa: E402 - as above
from ui.tokens import DIM, LIGHT, Palette  # noqa: E402 - as above

project = "KetaChart"
version = release = __version__
language = "en"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["pictures/**"]
nitpicky = True
suppress_warnings: list[str] = []  # a warning fails the build

html_theme = "furo"
html_title = f"KetaChart {release}"
html_short_title = "KetaChart"
html_favicon = None
html_show_sphinx = False
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_show_search_summary = False  # it would ask for other pages, which a browser denies to a file
html_static_path = ["static", str(ROOT / "resources" / "fonts")]
html_css_files = ["site.css"]
pygments_style = "friendly"
pygments_dark_style = "gruvbox-dark"
smartquotes = False


def _colours(of: Palette) -> dict[str, str]:
    return {
        "color-background-primary": of.surface,
        "color-background-secondary": of.bg,
        "color-background-hover": of.accent_soft,
        "color-background-hover--transparent": f"{of.accent_soft}00",
        "color-background-border": of.line,
        "color-background-item": of.raised,
        "color-foreground-primary": of.text,
        "color-foreground-secondary": of.muted,
        "color-foreground-muted": of.faint,
        "color-foreground-border": of.control,
        "color-brand-primary": of.accent_text,
        "color-brand-content": of.accent_text,
        "color-brand-visited": of.accent_text,
        "color-inline-code-background": of.raised,
        "color-code-background": of.field,
        "color-code-foreground": of.text,
        "color-highlight-on-target": of.accent_soft,
        "color-highlighted-background": of.accent_soft,
        "color-highlighted-text": of.text,
        "color-table-border": of.line,
        "color-table-header-background": of.raised,
        "color-problematic": of.danger,
        "color-admonition-background": of.raised,
        "color-admonition-title--note": of.accent,
        "color-admonition-title-background--note": of.accent_soft,
        "color-admonition-title--warning": of.warn,
        "color-admonition-title-background--warning": of.warn_bg,
        "color-admonition-title--danger": of.danger,
        "color-admonition-title-background--danger": of.danger_bg,
    }


_FONTS = {
    "font-stack": "'IBM Plex Sans', system-ui, sans-serif",
    "font-stack--headings": "'IBM Plex Sans', system-ui, sans-serif",
}
html_theme_options = {
    "light_css_variables": {**_colours(LIGHT), **_FONTS},
    "dark_css_variables": _colours(DIM),
    "navigation_with_keys": True,
    "top_of_page_buttons": [],
}

_ASIDE = re.compile(r"<!--.*?-->\n?", re.DOTALL)  # told to the program's own search, or to editors


def _with_keys(_app: object, _page: str, source: list[str]) -> None:
    """Pages of the help name keys by their acts; here each stands as it is printed on a button."""
    named = re.compile(f"`{KEY.pattern}`")
    text = named.sub(lambda found: f"<kbd>{escape(key_of(found[1]))}</kbd>", source[0])
    source[0] = _ASIDE.sub("", text)


def _in_its_language(
    _app: object, name: str, _kind: str, told: dict[str, str], _tree: object
) -> None:
    """What reads a page aloud has to know in which language it is."""
    if name.startswith("help/es/"):
        told["language"] = "es"


def setup(app: Any) -> dict[str, bool]:  # noqa: ANN401 - Sphinx is not there when types are checked
    """Fill in the keys as a page is read, and its language as it is written."""
    app.connect("source-read", _with_keys)
    app.connect("html-page-context", _in_its_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

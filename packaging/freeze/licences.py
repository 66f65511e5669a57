"""Writes the licences of all that others made and the program brings along, each with its text."""

from collections.abc import Iterable, Sequence
from typing import Final

from freeze.names import ROOT
from freeze.parts import Part

_RULE: Final = "=" * 78
_HEAD: Final = """\
KetaChart {version} brings along what is listed here, made by others, each with its licence.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They lie in this
program as libraries of their own: whoever wants to may put their own build in place of them. The
source of Qt is at https://download.qt.io/official_releases/qt/ and of PySide6 at
https://download.qt.io/official_releases/QtForPython/. What Qt itself brings along, ICU and HarfBuzz
among it, is listed with its licences at https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""
# What lies in resources/ with a licence of its own.
_BUNDLED: Final = {"IBM Plex Sans": "fonts", "Lucide icons": "icons", "sRGB profile": "icc"}


def bundled() -> list[Part]:
    """The typeface, the signs and the profile of colours."""
    return [
        Part(
            name,
            "",
            "see its text",
            ((ROOT / "resources" / where / "LICENSE.txt").read_text("utf-8"),),
        )
        for name, where in _BUNDLED.items()
    ]


def notices(version: str, parts: Sequence[Part]) -> str:
    """A list of every part, and then the text of every licence once, with the parts it is for.

    Raises:
        LookupError: a part has no text of a licence; it is named.
    """
    bare = [part.name for part in parts if not part.texts]
    if bare:
        raise LookupError(f"No text of a licence was found for: {', '.join(bare)}.")
    listed = "\n".join(f"  {_named(part):<44} {part.licence}" for part in parts)
    return "\n".join([_HEAD.format(version=version), listed, "", *_texts(parts)])


def _texts(parts: Iterable[Part]) -> Iterable[str]:
    holders: dict[str, list[str]] = {}
    for part in parts:
        for text in part.texts:
            holders.setdefault(text.strip("\n"), []).append(_named(part))
    for text, names in holders.items():
        yield f"{_RULE}\n{', '.join(names)}\n{_RULE}\n\n{text}\n"


def _named(part: Part) -> str:
    return f"{part.name} {part.version}".strip()

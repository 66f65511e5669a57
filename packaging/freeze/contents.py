"""What of all that is installed goes into the frozen program, and what stays out of it."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Final

Entry = tuple[str, str, str]
"""One file as PyInstaller lists it: where it goes, where it is (or points to), of what kind."""

OWN: Final = ("ketachart", "ui")
BINARY: Final = "BINARY"
LINK: Final = "SYMLINK"

# The parts of the window that only a developer opens.
NOT_SHIPPED: Final = re.compile(r"ui\.gallery(_\w+)?$")

# Imported by libraries, in places that KetaChart never comes to.
LEFT_OUT: Final = (
    # pyHanko's web client, in whose place report/offline.py puts an inert one, and its parts
    "aiohttp", "aiohappyeyeballs", "aiosignal", "frozenlist", "multidict", "propcache", "yarl",
    "requests", "urllib3", "charset_normalizer", "chardet",
    # what installs, tests or documents
    "pip", "setuptools", "pkg_resources", "wheel", "_distutils_hack", "distutils", "ensurepip",
    "venv", "lib2to3", "idlelib", "pydoc", "pydoc_data", "doctest", "test", "pytest", "_pytest",
    "PyInstaller",
    # other windows, other consoles
    "tkinter", "_tkinter", "turtle", "curses", "_curses", "readline", "PIL.ImageTk", "PIL.ImageQt",
    "PIL._imagingtk",
    # pictures of kinds that no page holds
    "PIL.AvifImagePlugin", "PIL._avif", "PIL.WebPImagePlugin", "PIL._webp",
    # what the parts of lxml are for that make and compare web pages
    "lxml.html", "lxml.objectify", "lxml.isoschematron", "lxml.sax",
    "numpy", "pandas", "matplotlib", "IPython",
    # Qt beyond the window
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtSql",
    "PySide6.scripts", "PySide6.support",
)  # fmt: skip

# Qt's plugins, by folder: the window on X11, on Wayland and without a display, letters that need
# two keys, and whether the desktop is dark. Signs and pages are drawn by code, so no plugin reads
# pictures; what draws with OpenGL or fetches from a network is not there.
QT_PLUGINS: Final = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qminimal", "qwindows", "qcocoa"),
    "platforminputcontexts": ("composeplatforminputcontext", "ibusplatforminputcontext"),
    "platformthemes": ("qxdgdesktopportal",),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
}
# Qt's own words, in the languages that the window speaks; English is in Qt itself.
QT_WORDS: Final = ("qtbase_es.qm",)

# Of what a Linux has anyway these come along, since they differ between distributions or are not
# on every desktop; all the rest the Debian package names as what it depends on.
CARRIED: Final = re.compile(
    r"lib(python3|ffi|bz2|lzma|sqlite3|crypto|ssl|uuid|expat"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util|xkb)|xkbcommon-x11)[.\d-]"
)
_OF_THE_SYSTEM: Final = re.compile(r"/(usr/)?lib(32|64)?/")
_PLUGIN: Final = re.compile(r"PySide6/(?:Qt/)?plugins/([^/]+)/(?:lib)?([^/.]+)")
_WORDS: Final = re.compile(r"PySide6/(?:Qt/)?translations/([^/]+)$")
_NO_ONE_READS: Final = re.compile(
    r"resources/locale/.*\.pot?$|\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$"
    r"|\.pyi$|/py\.typed$"
)


def own_modules(root: Path) -> list[str]:
    """Every module of KetaChart that is shipped, however lazily it is imported."""
    found = []
    for top in OWN:
        for file in sorted((root / top).rglob("*.py")):
            name = ".".join(file.relative_to(root).with_suffix("").parts)
            if not NOT_SHIPPED.match(name):
                found.append(name.removesuffix(".__init__"))
    return found


def is_kept(entry: Entry) -> bool:
    """Say whether a file that PyInstaller found belongs into the program."""
    place, source, kind = entry[0].replace("\\", "/"), entry[1], entry[2]
    if _NO_ONE_READS.search(place):
        return False
    if words := _WORDS.search(place):
        return words[1] in QT_WORDS
    if plugin := _PLUGIN.search(place):
        return plugin[2].removesuffix("plugin") in QT_PLUGINS.get(plugin[1], ())
    if kind != BINARY or "/site-packages/" in source:
        return True
    return not _OF_THE_SYSTEM.match(source) or bool(CARRIED.match(_file(place)))


def needed(
    binaries: Iterable[Entry], imported: Callable[[str], Iterable[str]]
) -> tuple[list[Entry], list[Entry]]:
    """Part the binaries into those that something needs and the libraries that nothing does.

    ``imported`` answers the files that a library is linked with, by their names. What the program
    opens by itself, modules and plugins, is needed; of the others what those are linked with.
    """
    kept = [entry for entry in binaries if is_kept(entry)]
    libraries = {_file(entry[0]): entry for entry in kept if _is_library(entry)}
    wanted: set[str] = set()
    ahead = [entry for entry in kept if not _is_library(entry) and entry[2] != LINK]
    ahead += [entry for name, entry in libraries.items() if "python3" in name]
    while ahead:
        entry = ahead.pop()
        wanted.add(entry[0])
        for name in map(_file, imported(entry[1])):
            found = libraries.get(name)
            if found is not None and found[0] not in wanted:
                ahead.append(found)
    files = [entry for entry in kept if entry[2] == LINK or entry[0] in wanted]
    return files, [entry for entry in kept if entry not in files]


def without_loose_ends(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """Leave out the links that would point at what did not come along."""
    entries = list(entries)
    places = {entry[0] for entry in (*entries, *others) if entry[2] != LINK}
    return [
        entry
        for entry in entries
        if entry[2] != LINK or (PurePosixPath(entry[0]).parent / entry[1]).as_posix() in places
    ]


def _is_library(entry: Entry) -> bool:
    """A library is there because another file is linked with it; all else the program opens."""
    opened = _PLUGIN.search(entry[0]) or "pypdfium2_raw" in entry[0]
    return entry[2] == BINARY and not opened


def _file(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name

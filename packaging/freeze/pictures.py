"""Draws the sign of the program in the sizes that each system asks for."""

import os
import struct
from pathlib import Path
from typing import Final

from freeze.names import PACKAGING

SIGN: Final = PACKAGING / "icon" / "ketachart.svg"
SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256)
_ICO: Final = (16, 24, 32, 48, 64, 256)
# macOS names a picture by its size in four letters; these hold PNG.
_ICNS: Final = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08"}


def png(size: int) -> bytes:
    """The sign as a PNG, ``size`` pixels square."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(SIGN.read_bytes())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico() -> bytes:
    """The sign as Windows has it: a table of PNGs, each with its size and place."""
    pictures = [(size, png(size)) for size in _ICO]
    head, place = struct.pack("<3H", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, picture in pictures:
        head += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(picture for _, picture in pictures)


def icns() -> bytes:
    """The sign as macOS has it: PNGs one after another, each behind its name and length."""
    body = b""
    for size, name in _ICNS.items():
        picture = png(size)
        body += name + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write(folder: Path) -> None:
    """Write the signs that PyInstaller puts into the programs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ketachart.ico").write_bytes(ico())
    (folder / "ketachart.icns").write_bytes(icns())

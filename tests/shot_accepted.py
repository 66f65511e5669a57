"""The pictures that were looked at and found good: of each only a hash for every tile of it.

One file for each scene, `tests/accepted/NAME.tiles`: a line with the names of all that was seen,
then one for each picture with its name, width, height and how many bytes of hashes; and those.
"""

import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ACCEPTED = HERE / "accepted"
TILE = 32  # pixels


def tiles_of(image):
    """A hash of two bytes for every tile, from left to right and from top to bottom."""
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    step, lines = image.bytesPerLine(), memoryview(image.constBits()).cast("B")
    hashes = bytearray()
    for top in range(0, image.height(), TILE):
        rows = range(top * step, min(top + TILE, image.height()) * step, step)
        for left in range(0, image.width() * 4, TILE * 4):
            right = min(left + TILE * 4, image.width() * 4)
            seen = b"".join(lines[row + left : row + right] for row in rows)
            hashes += (zlib.crc32(seen) & 0xFFFF).to_bytes(2, "big")
    return bytes(hashes)


def changed(before, after):
    """The numbers of the tiles that differ between two pictures of one size."""
    return [
        n for n in range(len(after) // 2) if before[2 * n : 2 * n + 2] != after[2 * n : 2 * n + 2]
    ]


def write(path, pictures, *, seen):
    """Keeps the tiles of a scene's pictures, and the names of what was seen in them."""
    head = (
        ",".join(sorted(seen))
        + "\n"
        + "".join(f"{n} {w} {h} {len(t)}\n" for n, (w, h, t) in pictures.items())
    )
    body = b"".join(tiles for _, _, tiles in pictures.values())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zlib.compress(head.encode() + b"\n" + body, 9))


def read(path):
    """For each picture its width, height and hashes; nothing where there is no such file."""
    if not path.exists():
        return {}
    head, body = zlib.decompress(path.read_bytes()).split(b"\n\n", 1)
    pictures, at = {}, 0
    for line in head.decode().splitlines()[1:]:
        name, wide, high, size = line.rsplit(" ", 3)
        pictures[name] = (int(wide), int(high), body[at : at + int(size)])
        at += int(size)
    return pictures


def seen_in(path):
    """The names of what was seen in a scene: screens, sheets, kinds of widgets."""
    if not path.exists():
        return set()
    return set(zlib.decompress(path.read_bytes()).split(b"\n", 1)[0].decode().split(","))


def mark(image, numbers):
    """A copy with a frame around the tiles of these numbers, neighbours in a row in one frame."""
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor, QPainter, QPen

    across = -(-image.width() // TILE)
    marked = image.copy()
    painter = QPainter(marked)
    painter.setPen(QPen(QColor("#ff40ff"), 3))
    first = last = None
    for number in [*numbers, None]:
        if last is not None and number == last + 1 and number % across:
            last = number
            continue
        if first is not None:
            row, column = divmod(first, across)
            painter.drawRect(QRect(column * TILE, row * TILE, (last - first + 1) * TILE, TILE))
        first = last = number
    painter.end()
    return marked

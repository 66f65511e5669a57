"""The report's pages as pictures, for the window to show before the nurse signs."""

from dataclasses import dataclass, field

import pypdfium2


@dataclass(frozen=True, slots=True)
class Page:
    """One page as rows of red, green and blue, 3 bytes a pixel, from the top left corner."""

    rgb: bytes = field(repr=False)
    width: int
    height: int


def pages(content: bytes, *, width_px: int) -> list[Page]:
    """Every page, drawn ``width_px`` pixels wide."""
    from ketachart.report.opening import opened

    with opened(content) as document:
        return [drawn(document[number], width_px) for number in range(len(document))]


def drawn(page: "pypdfium2.PdfPage", width_px: int) -> Page:
    """One page of an open report, drawn ``width_px`` pixels wide; the page is closed after it."""
    scale = width_px / page.get_width()
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    try:
        rows = bytes(bitmap.buffer)
        used = bitmap.width * 3
        if bitmap.stride != used:
            rows = b"".join(
                rows[start : start + used]
                for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
            )
        return Page(rows, bitmap.width, bitmap.height)
    finally:
        bitmap.close()
        page.close()

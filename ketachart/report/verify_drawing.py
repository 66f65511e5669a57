"""Is something drawn that is not text, or hidden behind what is read? Looked at where bytes differ.

The same pages may be packed otherwise on another machine; then every object is compared unpacked.
Pages by another version cannot be compared, so whatever could show other things than the text
that is read back is refused: pictures, forms within the page, letters without ink.
"""

import base64
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_PACKING = {"/Length", "/Filter", "/DecodeParms"}
_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Rotate", "/Trans", "/Tabs",
    "/StructParents", "/Group",
}  # fmt: skip
_RESOURCES = {"/Font", "/ProcSet"}
MOST = 16 * 1024 * 1024
"""Bytes of all that is packed in a file, unpacked: many times the longest visit's."""

_TEXT_MODE, _DRAWN_THINGS = "Tr", {"Do", "INLINE IMAGE", "sh"}


def _opened(report: bytes) -> "pikepdf.Pdf":
    """The file as its tables have it; what would have to be repaired is not read."""
    import pikepdf

    return pikepdf.open(BytesIO(report), attempt_recovery=False, suppress_warnings=True)


def too_heavy(report: bytes) -> bool:
    """Whether the file would fill the memory, or is packed in a way that no report is.

    Looked at before anything unpacks it: a page of a thousand bytes can hold a gigabyte.
    """
    import pikepdf

    left = MOST
    with _opened(report) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                left -= _unpacked_size(item, left)
            if left <= 0:
                return True
    return False


def _unpacked_size(stream: Any, most: int) -> int:  # noqa: ANN401  (a PDF stream)
    """How many bytes it unpacks to; ``most`` or more where it is more, or nobody knows."""
    import pikepdf

    packed = bytes(stream.read_raw_bytes())
    kinds: Any = stream.get("/Filter", ())
    for kind in map(str, [kinds] if isinstance(kinds, pikepdf.Name) else kinds):
        if kind == "/ASCII85Decode":
            packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
        elif kind == "/FlateDecode":
            packed = zlib.decompressobj().decompress(packed, most)
        else:
            return most
    return len(packed)


def alike(report: bytes, again: bytes) -> bool:
    """Whether two files hold the same objects, however they are packed."""
    with _opened(report) as one, _opened(again) as other:
        if len(one.objects) != len(other.objects):
            return False
        if _start(one) != _start(other):
            return False
        pairs = zip(one.objects, other.objects, strict=True)
        return all(_unpacked(mine) == _unpacked(theirs) for mine, theirs in pairs)


def _start(pdf: "pikepdf.Pdf") -> dict[str, bytes]:
    return {key: pdf.trailer[key].unparse() for key in ("/Root", "/Info") if key in pdf.trailer}


def _unpacked(item: Any) -> tuple[object, bytes]:  # noqa: ANN401  (a PDF object)
    import pikepdf

    if not isinstance(item, pikepdf.Stream):
        # resolved: else it would be compared by its number alone
        return (item.unparse(resolved=True) if hasattr(item, "unparse") else item), b""
    said = {key: _plain(value) for key, value in item.items() if key not in _PACKING}
    return said, item.read_bytes()


def _plain(value: Any) -> object:  # noqa: ANN401  (a PDF object, or a number as Python has it)
    return value.unparse() if hasattr(value, "unparse") else value


def tricks(report: bytes) -> Iterator[str]:
    """What could show something else than the text that is read from the pages, in sentences."""
    with _opened(report) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            if set(page.obj.keys()) - _PAGE or set(dict(page.resources.items())) - _RESOURCES:
                yield f"page {number} holds something that no report holds."
            elif _hides(page):
                yield f"page {number} shows something that is not text, or holds hidden text."


def _hides(page: Any) -> bool:  # noqa: ANN401  (a PDF page)
    import pikepdf

    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name in _DRAWN_THINGS or (name == _TEXT_MODE and step.operands[0] != 0):
            return True
    return False

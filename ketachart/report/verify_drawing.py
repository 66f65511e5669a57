"""Is something drawn that is not text, or hidden behind what is read? Looked at where bytes differ.

The same pages may be packed otherwise on another machine; then every object is compared unpacked.
Pages by another version cannot be compared, so whatever could show other things than the text
that is read back is refused: pictures, forms within the page, letters without ink.
"""

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
_TEXT_MODE, _DRAWN_THINGS = "Tr", {"Do", "INLINE IMAGE", "sh"}


def alike(report: bytes, again: bytes) -> bool:
    """Whether two files hold the same objects, however they are packed."""
    import pikepdf

    with pikepdf.open(BytesIO(report)) as one, pikepdf.open(BytesIO(again)) as other:
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
    import pikepdf

    with pikepdf.open(BytesIO(report)) as pdf:
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

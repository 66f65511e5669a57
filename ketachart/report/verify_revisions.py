"""Was only a signature added at each step, or was something slipped in along with it?

A PDF grows by revisions, and each may replace any object of the one before. Here the nurse's may
add the two places for signatures and her own signature, the supervisor's may fill the second
place, and nothing else may change, however well it is signed.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

Place = tuple[int, int]
"""An object's number and generation."""

_CATALOG = {"/AcroForm", "/Perms", "/Extensions", "/Version"}
_EXTENSIONS = {
    "/ESIC": {"/Type": "/DeveloperExtensions", "/BaseVersion": "/1.7", "/ExtensionLevel": 1}
}
"""What a PDF 1.7 says of itself when its signatures are PAdES (ETSI EN 319 142-1)."""

_DEEPEST = 32
"""Levels in the tree of pages; deeper ones are made to confuse a reader."""

_TRAILER = {"/Root", "/Info", "/Encrypt"}
"""Where a file begins to be read; the rest of a trailer is the table of objects itself."""


def only_a_signature(reader: "PdfFileReader", revision: int) -> bool:
    """Whether the revision (1 the nurse's, 2 the supervisor's) added its signature alone."""
    before = reader.get_historical_resolver(revision - 1)
    after = reader.get_historical_resolver(revision)
    table = reader.xrefs.get_xref_container_info(revision).stream_ref
    touched = reader.xrefs.explicit_refs_in_revision(revision) - {table}
    written = {_place(ref) for ref in touched}
    added = {
        _place(ref) for ref in touched if reader.xrefs.get_introducing_revision(ref) == revision
    }
    if _start(before) != _start(after):
        return False
    if revision == 1:
        return _nurses(before, after, added=added, replaced=written - added)
    return _supervisors(before, after, added=added, replaced=written - added)


def _nurses(
    before: "HistoricalResolver",
    after: "HistoricalResolver",
    *,
    added: set[Place],
    replaced: set[Place],
) -> bool:
    old, new = before.root, after.root
    fields = list(new["/AcroForm"]["/Fields"])
    nurse, supervisor = (field.get_object() for field in fields)
    needed = {new.raw_get("/AcroForm"), *fields, nurse.raw_get("/V"), supervisor.raw_get("/Lock")}
    page, listed = _first_page(after)
    return (
        added == {_place(item) for item in needed}
        and replaced <= {_place(after.root_ref), page, *listed}
        and _rest(old, _CATALOG) == _rest(new, _CATALOG)
        and new.get("/Extensions") == _EXTENSIONS
        and new.get("/Version", "/1.7") == "/1.7"
        and _page_gained(before, after, fields)
    )


def _supervisors(
    before: "HistoricalResolver",
    after: "HistoricalResolver",
    *,
    added: set[Place],
    replaced: set[Place],
) -> bool:
    fields = [list(step.root["/AcroForm"]["/Fields"]) for step in (before, after)]
    old, new = (step[1].get_object() for step in fields)
    return (
        added == {_place(new.raw_get("/V"))}
        and replaced == {_place(fields[1][1])}
        and _rest(old, set()) == _rest(new, {"/V"})
    )


def _page_gained(
    before: "HistoricalResolver", after: "HistoricalResolver", fields: list[Any]
) -> bool:
    """The first page is the same but for the two invisible places now listed on it."""
    place, _ = _first_page(before)
    new, old = _object(after, place), _object(before, place)
    listed = list(old["/Annots"]) if "/Annots" in old else []
    annotations = [_written(item) for item in listed + fields]
    return (
        _first_page(before) == _first_page(after)
        and _rest(old, {"/Annots"}) == _rest(new, {"/Annots"})
        and [_written(item) for item in new["/Annots"]] == annotations
    )


def _first_page(step: "HistoricalResolver") -> tuple[Place, set[Place]]:
    """The first page, and its list of annotations where that is an object of its own."""
    node = step.root.raw_get("/Pages")
    for _ in range(_DEEPEST):
        if "/Kids" in node.get_object():
            node = node.get_object()["/Kids"].raw_get(0)
    page = node.get_object()
    listed = page.raw_get("/Annots") if "/Annots" in page else None
    return _place(node), {_place(listed)} if hasattr(listed, "idnum") else set()


def _object(step: "HistoricalResolver", place: Place) -> Any:  # noqa: ANN401  (a PDF object)
    from pyhanko.pdf_utils.generic import Reference

    return step.get_object(Reference(*place, pdf=step))


def _place(item: Any) -> Place:  # noqa: ANN401  (a reference to a PDF object)
    return int(item.idnum), int(item.generation)


def _start(step: "HistoricalResolver") -> dict[str, bytes]:
    trailer = step.trailer_view
    return {key: _written(trailer.raw_get(key)) for key in _TRAILER & set(trailer)}


def _rest(item: Any, apart_from: set[str]) -> dict[str, bytes]:  # noqa: ANN401  (a PDF object)
    return {key: _written(item.raw_get(key)) for key in item if key not in apart_from}


def _written(item: Any) -> bytes:  # noqa: ANN401  (a PDF object)
    """The object as it stands in a file: two are the same if these bytes are."""
    out = BytesIO()
    item.write_to_stream(out, None)
    return out.getvalue()

"""Does the document do, show or hold anything that no report does? Everything else is refused.

A PDF can run programs, hide layers, open other files and lay things over a page. None of that is
looked for by name, since there is always one more: what a report holds is listed, and it is short.
"""

from collections.abc import Iterator
from typing import Any

from ketachart.errors import Fault

_CATALOG = {
    "/Type", "/Pages", "/Outlines", "/PageMode", "/Lang", "/Metadata", "/OutputIntents",
    "/MarkInfo", "/StructTreeRoot", "/Names", "/AF", "/AcroForm", "/Perms", "/Extensions",
    "/Version", "/ViewerPreferences",
}  # fmt: skip
_TREE = {"/Type", "/Kids", "/Count", "/Parent"}
_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Rotate", "/Trans", "/Tabs",
    "/StructParents", "/Annots",
}  # fmt: skip
_RESOURCES = {"/Font", "/ProcSet"}
_FONTS = {"/TrueType", "/Type0", "/Type1"}
"""Not /Type3, whose letters are little drawings of any kind."""

_BOOKMARK = {"/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/Dest"}
_BOOKMARKS = {"/Type", "/First", "/Last", "/Count"}
_MOST_BOOKMARKS = 5_000
_MOST_PAGES = 500


def banned(root: Any) -> Iterator[Fault]:  # noqa: ANN401  (a PDF object)
    """Nothing acts when the file is opened, and nothing lies on a page but the two places."""
    for name in sorted(set(root) - _CATALOG):
        yield _banned(f"the file holds {name}")
    for name in sorted(_odd_in_bookmarks(root)):
        yield _banned(f"a bookmark holds {name}")
    places = list(root["/AcroForm"]["/Fields"])
    for number, page in enumerate(_pages(root["/Pages"]), start=1):
        if number > _MOST_PAGES:
            yield Fault("TOO_BIG", "Structure: no report has that many pages.")
            return
        laid = list(page["/Annots"]) if "/Annots" in page else []
        if "/AA" in page or laid != (places if number == 1 else []):
            yield Fault("ANNOTATION", f"Structure: something was laid over page {number}.")
            continue
        for name in sorted(_odd_in_page(page)):
            yield _banned(f"page {number} holds {name}")


def _banned(what: str) -> Fault:
    return Fault("BANNED_FEATURE", f"Structure: {what}, which no report does.")


def _odd_in_page(page: Any) -> Iterator[str]:  # noqa: ANN401  (a PDF object)
    yield from set(page) - _PAGE
    resources = page["/Resources"]
    yield from set(resources) - _RESOURCES
    if "/Font" in resources:  # what get() gives may be a mere reference
        fonts = resources["/Font"]
        yield from {str(fonts[name]["/Subtype"]) for name in fonts} - _FONTS


def _odd_in_bookmarks(root: Any) -> set[str]:  # noqa: ANN401  (a PDF object)
    """What a bookmark has besides its words and the place it leads to: an action, say."""
    if "/Outlines" not in root:
        return set()
    top = root["/Outlines"]
    found, seen = set(top) - _BOOKMARKS, 0
    waiting = [top["/First"]] if "/First" in top else []
    while waiting:
        one = waiting.pop()
        seen += 1
        if seen > _MOST_BOOKMARKS:
            raise ValueError("the bookmarks have no end")
        found |= set(one) - _BOOKMARK
        waiting += [one[name] for name in ("/First", "/Next") if name in one]
    return found


def _pages(tree: Any) -> Iterator[Any]:  # noqa: ANN401  (PDF objects)
    """The pages, in their order; one that stands twice in the tree, made to confuse, ends it."""
    waiting, seen = [tree], set()
    while waiting:
        node = waiting.pop()
        if "/Kids" not in node:
            yield node
            continue
        if set(node) - _TREE:
            raise ValueError("the tree of pages says something of its pages")
        for kid in reversed(list(node["/Kids"])):
            if kid.reference in seen:
                raise ValueError("a page stands twice in the tree of pages")
            seen.add(kid.reference)
            waiting.append(kid.get_object())

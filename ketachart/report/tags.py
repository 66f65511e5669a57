"""What each part of the pages is: headings, paragraphs, tables, pictures with their words.

A reading program follows this tree instead of the places of letters (ISO 32000-1, 14.7 and 14.8).
What is in no node is an artifact: rules, grounds, the head and the foot of a page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

Kind = Literal["Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"]
Scope = Literal["", "Column", "Row"]
_KEPT_EMPTY = ("TH", "TD")  # an empty cell keeps its neighbours under their headings


@dataclass(eq=False, slots=True)
class Node:
    """One part of the document, with the parts inside it in the order in which they are read.

    ``alt`` says in words what a picture shows; ``scope`` is what a header cell is the header of,
    and ``across`` over how many columns a cell reaches.
    """

    kind: Kind
    alt: str = ""
    scope: Scope = ""
    across: int = 1
    kids: "list[Node]" = field(default_factory=list)

    def add(self, kind: Kind, *, alt: str = "", scope: Scope = "", across: int = 1) -> "Node":
        """A new part at the end of this one."""
        node = Node(kind, alt, scope, across)
        self.kids.append(node)
        return node


Marks = Sequence[Sequence[Node]]
"""For each page the node of every marked stretch on it, in the order of the stretches."""


@dataclass(frozen=True, slots=True)
class Update:
    """The tree as objects behind those of a file, and the number of its root among them."""

    written: bytes
    root: int


def tree_of(document: Node, marks: Marks, *, pages: Sequence[int], drawn: bytes) -> Update:
    """The tree as an update to a file, to be read together with it.

    Args:
        document: the root; whatever in it was never drawn is left out.
        marks: what was drawn on each page.
        pages: the object number of each page.
        drawn: the file as the drawing library wrote it.
    """
    return _Writer(marks, pages, drawn).update(document)


class _Writer:
    """Numbers the nodes from the root downwards, and writes them."""

    def __init__(self, marks: Marks, pages: Sequence[int], drawn: bytes) -> None:
        self._marks = marks
        self._pages = pages
        self._end = len(drawn)
        self._trailer = drawn[drawn.rindex(b"trailer") :].decode("latin-1")
        self._free = self._number(r"/Size (\d+)")
        self._found: dict[Node, list[tuple[int, int]]] = {}
        for page, nodes in enumerate(marks):
            for number, node in enumerate(nodes):
                self._found.setdefault(node, []).append((page, number))
        self._objects: list[str] = []
        self._numbers: dict[Node, int] = {}

    def _number(self, pattern: str) -> int:
        return int(re.findall(pattern, self._trailer)[0])

    def update(self, document: Node) -> Update:
        """The whole tree, and the number of its root."""
        root, parents = self._reserve(), self._reserve()
        top = self._element(document, root)
        last = len(self._marks)
        self._put(
            root,
            f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {last}>>",
        )
        self._put(parents, f"<</Nums[{' '.join(self._parents())}]>>")
        return Update(self._written(), root)

    def _reserve(self) -> int:
        self._objects.append("")
        return self._free + len(self._objects) - 1

    def _put(self, number: int, text: str) -> None:
        self._objects[number - self._free] = text

    def _drawn(self, node: Node) -> bool:
        return node in self._found or any(map(self._drawn, node.kids))

    def _element(self, node: Node, parent: int) -> int:
        number = self._numbers[node] = self._reserve()
        kids = [
            f"{self._element(kid, number)} 0 R"
            for kid in node.kids
            if kid.kind in _KEPT_EMPTY or self._drawn(kid)
        ]
        first = self._found.get(node, [(0, 0)])[0][0]
        kids += self._stretches(node, first)
        shown = f"/Pg {self._pages[first]} 0 R" if node in self._found else ""
        within = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
        self._put(number, f"<</S/{node.kind}/P {parent} 0 R{shown}{within}{_said_of(node)}>>")
        return number

    def _stretches(self, node: Node, first: int) -> Iterator[str]:
        for page, number in self._found.get(node, ()):
            if page == first:
                yield str(number)
            else:
                yield f"<</Type/MCR/Pg {self._pages[page]} 0 R/MCID {number}>>"

    def _parents(self) -> Iterator[str]:
        """For each page, whose each of its stretches is."""
        for page, nodes in enumerate(self._marks):
            owners = " ".join(f"{self._numbers[node]} 0 R" for node in nodes)
            yield f"{page}[{owners}]"

    def _written(self) -> bytes:
        """The objects, and a table of them that names the file's own as the one before."""
        texts = [
            f"{number} 0 obj\n{text}\nendobj\n"
            for number, text in enumerate(self._objects, self._free)
        ]
        places = accumulate(map(len, texts), initial=self._end)
        rows = [f"{place:010d} 00000 n \n" for place, _ in zip(places, texts, strict=False)]
        before = self._number(r"startxref\s+(\d+)")
        start = " ".join(re.findall(r"/(?:Root|Info) \d+ 0 R", self._trailer))
        table = self._end + sum(map(len, texts))
        texts.append(f"xref\n{self._free} {len(rows)}\n{''.join(rows)}")
        texts.append(f"trailer\n<</Size {self._free + len(rows)} /Prev {before} {start}>>\n")
        texts.append(f"startxref\n{table}\n%%EOF\n")
        return "".join(texts).encode("ascii")


def _said_of(node: Node) -> str:
    """What the node says beside its content: a picture's words, a cell's reach."""
    words = f"/Alt<FEFF{node.alt.encode('utf-16-be').hex()}>" if node.alt else ""
    scope = f"/Scope/{node.scope}" if node.scope else ""
    across = f"/ColSpan {node.across}" if node.across > 1 else ""
    return f"{words}/A<</O/Table{scope}{across}>>" if scope or across else words

"""The pages of every kind of fact: its fields with units, what they take, an example."""

import json
from collections.abc import Iterator
from typing import Final

from handbook.examples import example
from handbook.fields import fields_table, parts_of
from handbook.marked import anchor, code, page, table
from ketachart.domain.described import BY_KETACHART
from ketachart.domain.facts import FACTS, Fact, ProtocolAdopted

# Each page: the module of its facts, its file, its title, and what it is about.
PAGES: Final = (
    ("setting", "setting", "Clinic, nurse, patient", "What a visit stands on."),
    ("order", "order", "The order", "What the prescriber asked for, as it was written."),
    ("past", "past", "Before this visit", "Earlier infusions, and ketamine from elsewhere."),
    ("arrival", "arrival", "At the door", "Times, clocks, kit, home, history, time-out."),
    ("preparation", "preparation", "Before the drug runs", "Screening, weight, IV, vial and bag."),
    ("infusion", "infusion", "The infusion", "What the pump did, and every other way in."),
    ("care", "care", "Care", "What was seen, measured, done and given."),
    ("closing", "closing", "To the goodbye", "Criteria, instructions, signatures, additions."),
    ("keeping", "keeping", "How the record was kept", "Strikes, clocks, sleep, power, paper."),
    ("stock", "stock", "The clinic's ketamine", "Vials received, moved, counted, explained."),
    ("post", "post", "Post", "What goes between laptops and clinic by file."),
    ("safekeeping", "safekeeping", "The laptop's book", "Who may unlock, backups, checks."),
)


def pages() -> dict[str, str]:
    """Every page by its path in the documentation."""
    written = {f"reference/facts/{file}.md": _page_of(*row) for row in PAGES for file in (row[1],)}
    return {"reference/facts/index.md": _contents(), **written}


def kinds(module: str) -> list[type[Fact]]:
    """The kinds of fact of one module."""
    return [kind for kind in FACTS if kind.__module__.rsplit(".", maxsplit=1)[-1] == module]


def _contents() -> str:
    rows = [
        (f"[{code(kind.KIND)}]({file}.md#{anchor(kind.KIND)})", _about(kind), title)
        for module, file, title, _about_page in PAGES
        for kind in kinds(module)
    ]
    tree = "\n".join(f"{title} <{file}>" for _module, file, title, _words in PAGES)
    return page(
        "Facts",
        "A **fact** is what the nurse says happened. An **entry** is a fact with its author, the "
        "time it happened, the time it was written, a number and a hash. Nothing else is kept: "
        f"doses, totals, alerts and due times are worked out from the entries. There are "
        f"{len(FACTS)} kinds.",
        "A kind is never given another meaning. A field that is left out was not said: it is "
        "never zero. A fact has no other fields than those listed. Decimals are written as text "
        '(`"0.5"`) and stay exact. `ketachart facts KIND` prints the JSON Schema.',
        "Facts that the nurse charts can stand in a [visit script](../visit-script.md); those "
        "marked *by KetaChart* are written by the program itself.",
        table(("kind", "what it says", "page"), rows),
        f"```{{toctree}}\n:hidden:\n\n{tree}\n```",
    )


def _about(kind: type[Fact]) -> str:
    by_itself = " *By KetaChart.*" if kind.KIND in BY_KETACHART else ""
    return first_sentence(kind) + by_itself


def first_sentence(kind: type) -> str:
    """What a class says of itself in one sentence."""
    told = _paragraphs(kind.__doc__ or "")[0]
    return told.partition(". ")[0].rstrip(".") + "."


def _page_of(module: str, _file: str, title: str, words: str) -> str:
    parts = [words + " [All kinds](index.md)."]
    parts += [part for kind in kinds(module) for part in _fact(kind)]
    return page(f"Facts: {title[:1].lower() + title[1:]}", *parts)


def _fact(kind: type[Fact]) -> Iterator[str]:
    yield f"## {kind.KIND}"
    yield "\n\n".join(_paragraphs(kind.__doc__ or ""))
    by = "By KetaChart itself, never by a script." if kind.KIND in BY_KETACHART else ""
    version = f"Shape {kind.VERSION}; older shapes are still read." if kind.VERSION > 1 else ""
    yield " ".join(filter(None, (by, version)))
    yield fields_table(kind, kind.KIND)
    if kind is ProtocolAdopted:
        yield "`protocol` holds [the protocol's tables](../protocol.md), all of them."
    for name, part in () if kind is ProtocolAdopted else parts_of(kind):
        yield f"**Each of {code(name)}**: {_first_line(part)}"
        yield fields_table(part, kind.KIND)
    shown, whence = example(kind)
    told = json.dumps(shown, ensure_ascii=False, indent=1)
    yield f"Example{whence}:"
    yield f"```json\n{told}\n```"


def _paragraphs(doc: str) -> list[str]:
    return [" ".join(part.replace("``", "`").split()) for part in doc.split("\n\n") if part.strip()]


def _first_line(part: type) -> str:
    doc = part.__doc__ or ""
    return "" if doc.startswith(f"{part.__name__}(") else " ".join(_paragraphs(doc)[:1])

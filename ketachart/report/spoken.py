"""The document as lines of text: what a listener would hear, and what the goldens compare."""

from collections.abc import Iterator

from ketachart.report.sections.pieces import (
    Cell,
    Chart,
    Divider,
    Front,
    Head,
    Passage,
    Section,
    SignatureBox,
    Table,
    words_of,
)
from ketachart.report.sections.whole import Document


def spoken(document: Document) -> str:
    """The document as text: the same for the same visit on every machine."""
    return "\n".join(lines(document)) + "\n"


def lines(document: Document) -> Iterator[str]:
    """Every line, page one first."""
    yield from _head(document.head)
    yield from _front(document.front)
    for section in (document.flags, *document.sections):
        yield ""
        yield from _section(section)


def _head(head: Head) -> Iterator[str]:
    yield f"# {head.title}"
    yield head.subtitle
    yield f"{head.signing} | {head.review}"
    if head.practice:
        yield "PRACTICE"
    yield f"{head.name} | {head.born} | {head.mrn}"
    known = "; ".join(head.allergies) or ("none known" if head.asked else "NOT ASKED")
    yield f"Allergies: {known}"
    yield f"foot: {head.foot}"


def _front(front: Front) -> Iterator[str]:
    identity = front.identity
    for name, cells in (
        ("patient", identity.patient),
        ("order", identity.order),
        ("nurse", identity.nurse),
    ):
        yield f"{name}: {' | '.join(words_of(cell) for cell in cells)}"
    yield ""
    yield "## Key figures"
    for figure in front.figures:
        yield f"{figure.label}: {figure.value} {figure.unit} ({figure.context})".replace("  ", " ")
    yield ""
    yield "## Look at these"
    for number, look in enumerate(front.looks, 1):
        mark = f"[{number}]" if look.decision else f" {number} "
        yield f"{mark} {look.time} {look.kind}. {look.sentence}"
    yield from _middle(front)
    yield ""
    yield "## How this record was kept"
    yield front.strip.remark
    for figure_text, words in front.strip.figures:
        yield f"{figure_text} {words}"
    yield ""
    yield "## Signatures"
    for box in front.signatures:
        yield _signature(box)


def _middle(front: Front) -> Iterator[str]:
    yield ""
    yield "## Extremes"
    for row in front.extremes:
        yield f"{row.label}: {row.value}, {row.when}, limit {row.limit}"
    for pressure in front.pressures:
        yield f"{pressure.label}: {pressure.value} {pressure.oxygen}".rstrip()
    yield ""
    yield "## Side effects"
    for effect in front.effects:
        yield f"{effect.effect}, {effect.span}: {effect.done}; {effect.response}".rstrip("; ")
    yield ""
    yield f"## Drug balance ({front.balance.says})"
    yield front.balance.none or " + ".join(f"{t.value} {t.name}" for t in front.balance.terms)
    yield front.balance.verdict
    for name, words in front.balance.readings:
        yield f"{name}: {words}"
    yield ""
    yield f"## {front.release.heading} ({front.release.says})"
    for criterion in front.release.criteria:
        yield f"[{'x' if criterion.met else ' '}] {criterion.text}"
    yield front.release.remark


def _signature(box: SignatureBox) -> str:
    ink = f"ink of {len(box.strokes)} strokes" if box.strokes else ""
    parts = [box.role, box.time, box.name, box.meaning, box.instead, ink]
    return " | ".join(part for part in parts if part)


def _section(section: Section) -> Iterator[str]:
    says = f" ({section.says})" if section.says else ""
    yield f"## {section.heading}{says}"
    match section:
        case Chart():
            yield words_of(section.words)
        case Passage():
            yield from (words_of(paragraph) for paragraph in section.paragraphs)
        case Table():
            yield from _table(section)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield table.empty
        return
    if any(column.head for column in table.columns):
        yield " | ".join(column.head for column in table.columns)
    for row in table.rows:
        if isinstance(row, Divider):
            yield f"-- {row.text}"
            continue
        bar = f"[{row.bar}] " if row.bar else ""
        yield bar + " | ".join(_cell(cell) for cell in row.cells)
    if table.closing:
        yield words_of(table.closing)


def _cell(cell: Cell) -> str:
    return " ".join(words_of(cell).split())

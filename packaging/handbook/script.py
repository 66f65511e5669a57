"""The page of the visit script: its rules in the schema's own words, its lines, an example."""

import json
from pathlib import Path
from typing import Any, Final

from handbook.facts import PAGES, first_sentence, kinds
from handbook.marked import anchor, code, page, table
from ketachart.domain.described import BY_KETACHART, script_schema

STORY: Final = "tests/stories/quiet_hour.jsonl"
ROOT: Final = Path(__file__).resolve().parents[2]
OWN: Final = ("strike", "correct", "sign", "addendum")  # lines that are no kind of fact
LINES_SHOWN: Final = 8


def pages() -> dict[str, str]:
    """The one page, by its path in the documentation."""
    schema = script_schema()
    return {
        "reference/visit-script.md": page(
            "Visit script",
            "A visit as a file that a program can write: one JSON object a line (JSON Lines, "
            "UTF-8). `replay` charts it through the same door as the window and signs it. Tests, "
            "demonstrations and reports of faults are told so.",
            f"```console\nketachart replay {STORY} --out /tmp/hour\n```",
            "## Rules",
            "\n".join(f"- {rule}" for rule in _rules(schema["description"])),
            "An empty line is passed over. A line that is refused is told with its number and "
            "the reason, and the rest goes on; `--strict` stops at the first.",
            "## Lines that are facts",
            table(("kind", "what it says"), _facts()),
            "## Lines of the script's own",
            *(part for name in OWN for part in _own(name, schema["$defs"][name])),
            "## How one begins",
            f"The first lines of {code(STORY)}, with long ones cut:",
            f"```json\n{_beginning()}\n```",
            "## The schema",
            "`ketachart facts` prints the whole schema (JSON Schema 2020-12); most "
            "editors check a file against it while it is typed.",
        )
    }


def _rules(words: str) -> list[str]:
    """The description of the schema, sentence by sentence."""
    return [f"{part.strip().rstrip('.')}." for part in words.split(". ") if part.strip()]


def _facts() -> list[tuple[str, str]]:
    return [
        (
            f"[{code(kind.KIND)}](facts/{file}.md#{anchor(kind.KIND)})",
            first_sentence(kind),
        )
        for module, file, _title, _words in PAGES
        for kind in kinds(module)
        if kind.KIND not in BY_KETACHART
    ]


def _own(name: str, schema: dict[str, Any]) -> tuple[str, ...]:
    needed = set(schema["required"])
    rows = [
        (code(field), "**needed**" if field in needed else "", _described(told))
        for field, told in schema["properties"].items()
        if field != "kind"
    ]
    return f"### {name}", schema["description"], table(("field", "", "what it means"), rows)


def _described(told: dict[str, Any]) -> str:
    choices = " · ".join(code(one) for one in told.get("enum", ()))
    return " ".join(filter(None, (told.get("description", ""), choices)))


def _beginning() -> str:
    lines = (ROOT / STORY).read_text(encoding="utf-8").splitlines()[:LINES_SHOWN]
    shown = []
    for line in lines:
        told = json.loads(line)
        few = dict(list(told.items())[:6])
        shown.append(json.dumps(few, ensure_ascii=False))
    return "\n".join(shown)

"""Keeps the catalogue of the window's two languages: what is said, and what it is in Spanish.

``python3 dev.py words`` reads the sentences out of the code and the tables, writes the template
and merges it into the Spanish catalogue; ``--take FOLDER`` first takes in translations that came
as files, ``--give FOLDER`` writes what is not translated yet as such files.
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "packaging"))
from words_in_code import CHOSEN, PLACE, is_message, messages_of  # noqa: E402 - this folder is no package

LOCALE = ROOT / "resources/locale"
TEMPLATE = LOCALE / "ketachart.pot"
SPANISH = LOCALE / "es/LC_MESSAGES/ketachart.po"
A_CHUNK = 450
APART = "\x04"  # as gettext keeps the context of a message apart from it
# The template says when it was made; that must not make it another file.
MADE = datetime(2026, 11, 23, tzinfo=UTC)

# Of the report the window shows what a check of it found, and why it could not be made.
WORDED_REPORT = "ketachart/report/verify"


@dataclass(slots=True)
class Message:
    """One thing that is said: in English, where it stands, and its Spanish where that is known."""

    text: str
    line: int
    files: list[str] = field(default_factory=list)
    spanish: str = ""


def gathered() -> dict[str, Message]:
    """Every message, in the order of the files."""
    found: dict[str, Message] = {}
    for file, line, text, spanish in (*_in_code(), *_in_tables(), *_by_themselves()):
        message = found.setdefault(text, Message(text, line))
        if file not in message.files:
            message.files.append(file)
        message.spanish = message.spanish or spanish
    return found


def _in_code() -> Iterator[tuple[str, int, str, str]]:
    for path in (*sorted(ROOT.glob("ui/**/*.py")), *sorted(ROOT.glob("ketachart/**/*.py"))):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(tuple(CHOSEN["left_out"])):
            continue
        paper = name.startswith("ketachart/report/") and not name.startswith(WORDED_REPORT)
        tree = ast.parse(path.read_text("utf-8"))
        for line, text in messages_of(tree, only_raised=paper):
            # what a check of a report calls its findings among programs
            if not (name.startswith(WORDED_REPORT) and text.isupper()):
                yield name, line, text, ""


def _in_tables() -> Iterator[tuple[str, int, str, str]]:
    for name, keys in CHOSEN["tables"].items():
        table = tomllib.loads((ROOT / f"resources/{name}.toml").read_text("utf-8"))
        for text, spanish in _shown_of(table, keys):
            if is_message(text, small=True) or "-" in text or text.endswith("."):
                # a drug is called what stands on its label, a publication as it was printed
                same = text if name in {"medicines", "sources"} else spanish
                yield f"resources/{name}.toml", 0, text, same


def _by_themselves() -> Iterator[tuple[str, int, str, str]]:
    for text in CHOSEN["by_themselves"]:
        yield "a word that fills a place in sentences", 0, text, ""
    for text in CHOSEN["behind_a_key"]:
        yield "what a key does, as it stands behind the key", 0, f"key{APART}{text}", ""
    for text in CHOSEN["dates"]:
        yield "how a date is put together", 0, f"date{APART}{text}", ""


def _shown_of(node: object, keys: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for each in node:
            yield from _shown_of(each, keys)
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                texts = value if key == "routes" else [value]
                yield from ((one, node.get(f"{key}_es", "")) for one in texts if type(one) is str)
            yield from _shown_of(value, keys)


def template(messages: dict[str, Message]) -> Catalog:
    """The template; without line numbers, so that a line that moves changes nothing."""
    made = _empty(None)
    for message in messages.values():
        _add(made, message, "")
    return made


def _add(made: Catalog, message: Message, spanish: str) -> None:
    context, _, text = message.text.rpartition(APART)
    files = [(file, None) for file in sorted(message.files)]
    made.add(text, spanish, files, context=context or None)


def kept_as(catalogue: Catalog, text: str) -> BabelMessage | None:
    """The message of a catalogue, whose context may stand before it."""
    context, _, bare = text.rpartition(APART)
    return catalogue.get(bare, context or None)


def _empty(language: str | None) -> Catalog:
    return Catalog(
        locale=language, project="KetaChart", version="1", charset="utf-8", fuzzy=False,
        creation_date=MADE, revision_date=MADE, header_comment="# What the window says.",
    )  # fmt: skip


def spanish_now() -> Catalog:
    """The Spanish catalogue as it is kept; an empty one where there is none yet."""
    if not SPANISH.exists():
        return _empty("es")
    with SPANISH.open("rb") as file:
        return read_po(file, locale="es")


def merged(messages: dict[str, Message], kept: Catalog) -> Catalog:
    """The Spanish of each message that is said now; what is said no more is let go."""
    made = _empty("es")
    for message in messages.values():
        old = kept_as(kept, message.text)
        spanish = (str(old.string) if old is not None and old.string else "") or message.spanish
        _add(made, message, spanish)
    return made


def written(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100)


def faults(english: str, spanish: str) -> list[str]:
    """What is wrong with a translation, each in a few words; places, figures and edges agree."""
    found = []
    if sorted(PLACE.findall(english)) != sorted(PLACE.findall(spanish)):
        found.append("other places")
    if set(_figures(english)) != set(_figures(spanish)):
        found.append("other figures or units")
    for edge in ("lstrip", "rstrip"):
        of = [len(text) - len(getattr(text, edge)()) for text in (english, spanish)]
        if of[0] != of[1]:
            found.append("other spaces at an end")
    return found


_FIGURE = re.compile(
    r"(?<![\w{])\d+(?:[.:/]\d+)*(?!\})|(?<![\w{])(?:mg/kg/h|mg/kg|mg/mL|mg/h|mL/h|mg|mL|kg|mmHg|"
    r"µg/kg/min|gtt/min|gtt/mL|SpO₂|T\+)(?!\w)"
)


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(PLACE.sub(" ", text))


def given(messages: dict[str, Message], spanish: Catalog, folder: Path) -> int:
    """Write what has no Spanish yet, so many to a file; how many files there are."""
    folder.mkdir(parents=True, exist_ok=True)
    before = [json.loads(path.read_text("utf-8")) for path in folder.glob("chunk_*.json")]
    there = {row["en"] for chunk in before for row in chunk}
    numbered = {text: number for number, text in enumerate(messages, start=10_000 * len(before))}
    rows = [
        {"id": numbered[one.text], "en": one.text, "where": f"{one.files[0]}:{one.line}"}
        for one in messages.values()
        if not _said(spanish, one.text) and one.text not in there
    ]
    chunks = [rows[start : start + A_CHUNK] for start in range(0, len(rows), A_CHUNK)]
    for number, chunk in enumerate(chunks, start=len(before)):
        text = json.dumps(chunk, ensure_ascii=False, indent=1)
        (folder / f"chunk_{number:02d}.json").write_text(text, "utf-8")
    return len(chunks)


def taken(spanish: Catalog, folder: Path) -> list[str]:
    """Take in ``es_NN.json`` beside its ``chunk_NN.json``; returns what was not taken, and why."""
    refused = []
    for path in sorted(folder.glob("es_*.json")):
        chunk = json.loads((folder / path.name.replace("es_", "chunk_")).read_text("utf-8"))
        answers = {str(key): text for key, text in json.loads(path.read_text("utf-8")).items()}
        for row in chunk:
            text = answers.get(str(row["id"]), "")
            message = kept_as(spanish, row["en"])
            if not text or message is None:
                continue
            if wrong := faults(row["en"], text):
                refused.append(
                    f"{path.name} {row['id']}: {', '.join(wrong)}: {row['en']!r}: {text!r}"
                )
            else:
                message.string = text
    return refused


def _said(spanish: Catalog, text: str) -> bool:
    found = kept_as(spanish, text)
    return found is not None and bool(found.string)


def main(words: list[str]) -> int:
    """Bring template and Spanish up to date; returns 1 where a translation was refused."""
    messages = gathered()
    written(template(messages), TEMPLATE)
    spanish = merged(messages, spanish_now())
    refused = taken(spanish, Path(words[1])) if words[:1] == ["--take"] else []
    written(spanish, SPANISH)
    with SPANISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, spanish)
    missing = sum(not _said(spanish, text) for text in messages)
    print(*refused, sep="\n", end="\n" if refused else "")
    print(f"{len(messages)} messages, {missing} of them without Spanish.")
    if words[:1] == ["--give"]:
        print(f"{given(messages, spanish, Path(words[1]))} files written.")
    return int(bool(refused))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

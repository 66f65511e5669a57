"""Visit scripts, and what else a command reads: dose vectors, a passphrase file."""

import json
from functools import cache
from pathlib import Path
from unittest import mock

from ketachart.commands import script
from ketachart.commands.player import Stage
from ketachart.domain.facts import KINDS
from tests.fuzz.target import Target, commanded, room
from tests.helpers.stories import FOLDER
from tests.storage.making import practice_keyring

_VECTORS = Path(__file__).parents[1] / "domain" / "dose_vectors.json"


@cache
def _stories() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(FOLDER.glob("*.jsonl")))


@cache
def _lines() -> tuple[bytes, ...]:
    """One line of each kind that the stories tell."""
    found: dict[str, bytes] = {}
    for path in sorted(FOLDER.rglob("*.jsonl")):
        for line in path.read_bytes().split(b"\n"):
            if line:
                found.setdefault(json.loads(line)["kind"], line)
    assert len(found) > len(KINDS) / 4
    return tuple(found.values())


def _short() -> tuple[bytes, ...]:
    """Stories up to a little after the pump's start, so that many can be tried."""
    return tuple(b"\n".join(story.split(b"\n")[:22]) for story in _stories())


def _read_line(content: bytes) -> None:
    line = script.read_line(content.decode("utf-8", "replace"), 1)
    assert line.fault or line.at is not None
    line.fault.encode("utf-8")


def _replay(content: bytes) -> None:
    """Charted as a script is, but the report is not drawn: that takes two seconds each."""
    with room() as folder, mock.patch.object(Stage, "sign_what_there_is"):
        path = folder / "visit.jsonl"
        kept = (line for line in content.split(b"\n") if b'"sign"' not in line)
        path.write_bytes(b"\n".join(kept))
        commanded("replay", path, "--out", folder / "out")


@cache
def _vectors() -> tuple[bytes, ...]:
    whole = json.loads(_VECTORS.read_text(encoding="utf-8"))
    some = {**whole, "vectors": whole["vectors"][:3]}
    return (json.dumps(some).encode(), _VECTORS.read_bytes())


def _dose(content: bytes) -> None:
    with room() as folder:
        path = folder / "vectors.json"
        path.write_bytes(content)
        commanded("dose", path)


def _passphrase_file(content: bytes) -> None:
    with room() as folder:
        path = folder / "secret.txt"
        path.write_bytes(content)
        practice_keyring()[0].write(folder)
        words = ("--ledger", folder, "--passphrase-file", path)
        assert commanded("post", "status", *words) == 2, "none of them opens it"


TARGETS = (
    Target(
        name="script, one line",
        form="json",
        seeds=_lines,
        door=_read_line,
        in_suite=60,
    ),
    Target(name="script, replayed", form="lines", seeds=_short, door=_replay, in_suite=2),
    Target(name="dose vectors", form="json", seeds=_vectors, door=_dose, in_suite=10),
    Target(
        name="passphrase file",
        form="text",
        seeds=lambda: (b"a passphrase of another ledger\nanother one\n",),
        door=_passphrase_file,
    ),
)

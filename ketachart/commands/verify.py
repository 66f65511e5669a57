"""`verify`: says whether signed reports are what the nurse signed, and who that was.

It needs no ledger and no network: the files, and the clinic's trust file to say who may sign.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketachart.clock import SystemClock
from ketachart.commands.given import bytes_of
from ketachart.domain.wording import count
from ketachart.errors import CannotRead

if TYPE_CHECKING:
    from ketachart.report.verify import Verdict

GOOD, NOT_GOOD, COULD_NOT_READ = 0, 1, 2

HOW_TO_TRUST = (
    "To check who signed: ask the clinic for its trust file (clinic-trust.pem), compare its "
    "fingerprint with them by telephone, and run this again with --trust clinic-trust.pem."
)


@dataclass(frozen=True, slots=True)
class _Looked:
    """One file and what came of it; ``verdict`` is None where it could not be read."""

    path: Path
    verdict: "Verdict | None"
    error: str = ""

    @property
    def good(self) -> bool:
        return self.verdict is not None and self.verdict.good

    def as_json(self) -> dict[str, object]:
        if self.verdict is None:
            return {"file": str(self.path), "good": False, "error": self.error}
        return {"file": str(self.path), **self.verdict.as_json()}


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "verify",
        help="check signed reports; exit 1 when one is not what was signed",
        description="Checks signed reports: nothing changed since, who signed, the data inside, "
        "every number on the pages against it, and the record's chain.",
    )
    command.add_argument("files", type=Path, nargs="+", metavar="FILE.pdf", help="or a folder")
    command.add_argument(
        "--trust",
        type=Path,
        metavar="TRUST.pem",
        help="the clinic's trust file: its root certificate and its list of withdrawn ones",
    )
    command.add_argument(
        "--quick", action="store_true", help="leave out the comparison of every number"
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """One sentence first, details after; of several files a line each, and a summary."""
    trust = bytes_of(arguments.trust) if arguments.trust else None
    paths = _files_in(arguments.files)
    now = SystemClock().now()
    if len(paths) == 1 and arguments.files == paths:
        looked = _Looked(paths[0], _look(paths[0], trust, now, numbers=not arguments.quick))
        _tell_one(looked, trusting=trust is not None, as_json=arguments.json)
        return GOOD if looked.good else NOT_GOOD
    if trust is not None:
        _must_be_trust_file(trust)
    every = [_looked(path, trust, now, numbers=not arguments.quick) for path in paths]
    _tell_all(every, trusting=trust is not None, as_json=arguments.json)
    if all(one.good for one in every):
        return GOOD
    unread = all(one.good or one.verdict is None for one in every)
    return COULD_NOT_READ if unread else NOT_GOOD


def _files_in(given: Sequence[Path]) -> list[Path]:
    """The files as they were named, and the PDFs in each folder, in the order of their names."""
    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() == ".pdf")
        if not inside:
            raise CannotRead(f"There is no PDF in {path.name}. Choose the folder of the reports.")
        found += inside
    return list(dict.fromkeys(found))


def _must_be_trust_file(trust: bytes) -> None:
    from ketachart.report.verify_people import trusted_roots
    from ketachart.report.verify_withdrawn import lists_for

    lists_for(trust, trusted_roots(trust))


def _look(path: Path, trust: bytes | None, now: datetime, *, numbers: bool) -> "Verdict":
    from ketachart.report.verify import verify

    content = bytes_of(path)
    if not content.strip():
        raise CannotRead(f"{path.name} is empty. Copy it again from where it came.")
    return verify(content, trust_pem=trust, numbers=numbers, now=now)


def _looked(path: Path, trust: bytes | None, now: datetime, *, numbers: bool) -> _Looked:
    """One of several: what cannot be read does not keep the others from being checked."""
    try:
        return _Looked(path, _look(path, trust, now, numbers=numbers))
    except CannotRead as error:
        return _Looked(path, None, str(error))
    except OSError as error:
        return _Looked(path, None, f"{path.name} cannot be read: {error.strerror}.")


def _tell_one(looked: _Looked, *, trusting: bool, as_json: bool) -> None:
    verdict = looked.verdict
    if verdict is None:
        return
    if as_json:
        print(json.dumps(verdict.as_json(), ensure_ascii=False, indent=1))
        return
    print(verdict.sentence)
    for fault in verdict.faults:
        print(f"  {fault.code}: {fault.sentence}")
    for detail in verdict.details:
        print(f"  {detail}")
    if not trusting and verdict.intact:
        print(HOW_TO_TRUST)


def _tell_all(every: Sequence[_Looked], *, trusting: bool, as_json: bool) -> None:
    good = sum(one.good for one in every)
    unread = sum(one.verdict is None for one in every)
    if as_json:
        answer = {
            "good": good == len(every),
            "counts": {"good": good, "not_good": len(every) - good - unread, "unread": unread},
            "files": [one.as_json() for one in every],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for one in every:
        print(f"{_word(one)}  {one.path}: {one.verdict.sentence if one.verdict else one.error}")
    bad = len(every) - good - unread
    print(
        f"{count(len(every), 'file')}: {good} good, {bad} not to be relied on, "
        f"{unread} could not be read."
    )
    if not trusting:
        print(HOW_TO_TRUST)


def _word(looked: _Looked) -> str:
    if looked.verdict is None:
        return "?    "
    return "good " if looked.good else "BAD  "

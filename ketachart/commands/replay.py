"""`replay`: charts a scripted visit through the same door as the window, and signs it."""

import argparse
import json
from pathlib import Path
from typing import Any

from ketachart.commands import script
from ketachart.commands.player import PASSPHRASE, Played, play
from ketachart.domain.folded.plain import quantity
from ketachart.domain.folded.rows import entry_rows
from ketachart.domain.folded.whole import folded
from ketachart.domain.infusion import delivery, last_moment
from ketachart.domain.wording import count
from ketachart.errors import CannotRead

WRITTEN = ("ledger", "visit.json", "entries.jsonl", "root.pem", "report.pdf")


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "replay",
        help="chart a scripted visit into a fresh ledger and sign it",
        description="Charts a scripted visit into a fresh encrypted ledger under DIR, signs it "
        "with a throw-away credential, and writes report.pdf, root.pem (the certificate to trust), "
        "visit.json (the folded visit) and entries.jsonl (the audit). A line that is refused is "
        "told with its number and reason, and the rest goes on, unless --strict.",
        epilog=f"DIR/ledger opens with the passphrase “{PASSPHRASE}”: "
        "python -m ketachart show DIR/ledger",
    )
    command.add_argument("script", type=Path, metavar="SCRIPT.jsonl")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--strict", action="store_true", help="stop at the first refused line")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Plays the script, writes the files, and answers 1 when a line was refused."""
    lines = script.read(arguments.script)
    out = fresh(arguments.out)
    played = play(lines, out / "ledger", strict=arguments.strict)
    write_files(played, out)
    if arguments.json:
        print(json.dumps(_answer(played), ensure_ascii=False, indent=1))
    else:
        _print(played, out)
    return 1 if played.refusals else 0


def fresh(out: Path) -> Path:
    """The folder for the answer, made where it is missing.

    Raises:
        CannotRead: another replay is in it, which would be mixed with this one.
        OSError: it cannot be made.
    """
    out.mkdir(parents=True, exist_ok=True)
    old = [name for name in WRITTEN if (out / name).exists()]
    if old:
        raise CannotRead(
            f"{out.name or out} holds a replay already ({', '.join(old)}). Choose a new folder, or "
            "empty this one first."
        )
    return out


def write_files(played: Played, out: Path) -> None:
    """`visit.json`, `entries.jsonl`, and for a signed visit `report.pdf` and `root.pem`."""
    text = json.dumps(visit_json(played), ensure_ascii=False, indent=1)
    (out / "visit.json").write_text(text + "\n", encoding="utf-8")
    rows = (json.dumps(row, ensure_ascii=False) for row in entry_rows(played.visit))
    (out / "entries.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    (out / "root.pem").write_text(played.root_certificate, encoding="ascii")
    if played.report is not None:
        (out / "report.pdf").write_bytes(played.report.content)


def visit_json(played: Played) -> dict[str, Any]:
    """The folded visit with the lines that were refused, as `visit.json` holds it."""
    whole = folded(played.visit, now=last_moment(played.visit))
    return {**whole, "refusals": [refusal.as_json() for refusal in played.refusals]}


def _answer(played: Played) -> dict[str, Any]:
    return {
        "good": not played.refusals,
        "entries": len(played.visit.entries),
        "refusals": [refusal.as_json() for refusal in played.refusals],
        "signed": played.report is not None,
        "total_mg": quantity(delivery(played.visit, last_moment(played.visit)).total_mg),
        "head": played.visit.head,
        "passphrase": PASSPHRASE,
    }


def _print(played: Played, out: Path) -> None:
    for refusal in played.refusals:
        print(f"line {refusal.line}: {refusal.sentence}")
    infusion = folded(played.visit)["infusion"]["total_mg"]
    given = infusion["dec"] or infusion["r3"]
    print(
        f"{count(len(played.visit.entries), 'entry', 'entries')} charted, "
        f"{count(len(played.refusals), 'line')} refused, {given} mg ketamine delivered, "
        + ("signed" if played.report else "not signed")
    )
    print(f"{out.name}/ledger opens with the throw-away passphrase “{PASSPHRASE}”")

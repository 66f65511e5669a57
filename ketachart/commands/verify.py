"""`verify`: says whether a signed report is what the nurse signed, and who that was."""

import argparse
import json
from pathlib import Path
from typing import Any

from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "verify", help="check a signed report; exit 1 when it is not what was signed"
    )
    command.add_argument("file", type=Path, metavar="FILE.pdf")
    command.add_argument(
        "--trust", type=Path, metavar="CERT.pem", help="the clinic's root certificate"
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """One sentence first, details after."""
    from ketachart.report.verify import verify

    content = arguments.file.read_bytes()
    trust = arguments.trust.read_bytes() if arguments.trust else None
    if not content.strip():
        raise CannotRead(f"{arguments.file.name} is empty.")
    verdict = verify(content, trust_pem=trust)
    if arguments.json:
        print(json.dumps({"good": verdict.good, **verdict.as_json()}, ensure_ascii=False, indent=1))
        return 0 if verdict.good else 1
    print(verdict.sentence)
    for signer in verdict.signers:
        print(f"  {signer.title}")
    for fault in verdict.faults:
        print(f"  {fault.code}: {fault.sentence}")
    return 0 if verdict.good else 1

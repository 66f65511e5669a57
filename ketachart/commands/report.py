"""`report`: writes a visit's signed report to a file, or an unsigned draft of it."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from ketachart.charting import OpenVisit
from ketachart.commands import ledgers
from ketachart.commands.writing import write_file
from ketachart.domain.infusion import last_moment
from ketachart.domain.wording import count
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "report", help="write a visit's signed report, or an unsigned draft of it"
    )
    ledgers.add_arguments(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    command.add_argument("--trust-out", type=Path, metavar="CERT.pem", help="the root certificate")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file and says which it is."""
    if not arguments.visit:
        raise CannotRead("Say which visit: --visit NUMBER.")
    with ledgers.opened(arguments) as office:
        answer, content = _report(ledgers.visit_of(office, arguments.visit))
        write_file(arguments.out, content)
        if arguments.trust_out:
            write_file(arguments.trust_out, office.root_certificate.encode("ascii"))
    if arguments.json:
        print(json.dumps({"good": True, "file": str(arguments.out), **answer}, ensure_ascii=False))
    elif answer["signed"]:
        pages = count(answer["pages"], "page")
        print(f"{arguments.out.name}: signed, {pages}, sha256 {answer['sha256']}")
    else:
        print(f"{arguments.out.name}: UNSIGNED draft, {count(answer['pages'], 'page')}")
    return 0


def _report(room: OpenVisit) -> tuple[dict[str, Any], bytes]:
    """What the file is, and its bytes: the signed one as it was kept, or a draft made now."""
    signed = room.signed_report()
    if signed is not None:
        return {"signed": True, "pages": signed.pages, "sha256": signed.sha256}, signed.content
    from ketachart.report import pdf

    drawn = pdf.render(room.visit, now=last_moment(room.visit))
    sha256 = hashlib.sha256(drawn.content).hexdigest()
    return {"signed": False, "pages": drawn.pages, "sha256": sha256}, drawn.content

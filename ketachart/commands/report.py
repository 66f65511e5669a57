"""`report`: writes a visit's signed report to a file, or an unsigned draft of it."""

import argparse
from pathlib import Path
from typing import Any

from ketachart.commands import ledgers
from ketachart.domain.infusion import last_moment
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "report", help="write a visit's signed report, or an unsigned draft of it"
    )
    ledgers.add_arguments(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    command.add_argument("--trust-out", type=Path, metavar="CERT.pem", help="the root certificate")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file and says which it is."""
    if not arguments.visit:
        raise CannotRead("Say which visit: --visit NUMBER.")
    with ledgers.opened(arguments) as office:
        room = ledgers.visit_of(office, arguments.visit)
        signed = room.signed_report()
        if signed is not None:
            arguments.out.write_bytes(signed.content)
            print(f"{arguments.out.name}: signed, {signed.pages} pages, sha256 {signed.sha256}")
        else:
            from ketachart.report import pdf

            drawn = pdf.render(room.visit, now=last_moment(room.visit))
            arguments.out.write_bytes(drawn.content)
            print(f"{arguments.out.name}: UNSIGNED draft, {drawn.pages} pages")
        if arguments.trust_out:
            arguments.trust_out.write_text(office.root_certificate, encoding="ascii")
    return 0

"""`authority`: the clinic's certificates: list, issue, renew, withdraw; the trust file; the guide.

What the authority's key signs asks for its passphrase once more: it is the one with which the
clinic's ledger was founded. The passphrase file's second line answers for it where there is one.
"""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from ketachart.charting import OpenClinic
from ketachart.charting.certificates import Issued
from ketachart.commands import ledgers
from ketachart.commands.given import text_of
from ketachart.commands.writing import write_file
from ketachart.domain.facts.post import WhyWithdrawn
from ketachart.domain.wording import day
from ketachart.errors import CannotRead

REASONS: tuple[WhyWithdrawn, ...] = get_args(WhyWithdrawn)


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command with its words."""
    command = commands.add_parser(
        "authority", help="the clinic's certificates: list, issue, renew, withdraw, trust, guide"
    )
    words = command.add_subparsers(dest="word", required=True, metavar="WORD")
    ledgers.add_word(words, "list", _list, "every certificate: whose, until when, withdrawn or not")
    _issue_arguments(
        ledgers.add_word(words, "issue", _issue, "a certificate for a nurse's request")
    )
    renew = ledgers.add_word(
        words, "renew", _renew, "a new key and certificate for the same person"
    )
    _number(renew)
    renew.add_argument("--request", type=Path, metavar="FILE", help="from the nurse's laptop")
    renew.add_argument("--out", type=Path, metavar="FILE.pem", help="the new certificate")
    renew.add_argument(
        "--withdraw-old", action="store_true", help="the old one counts no longer from now on"
    )
    withdraw = ledgers.add_word(
        words, "withdraw", _withdraw, "take a certificate back, in a new list"
    )
    _number(withdraw)
    withdraw.add_argument("--reason", required=True, choices=REASONS)
    withdraw.add_argument(
        "--since", metavar="TIME", help="ISO 8601 with offset; else now. For a lost key every "
        "signature is doubted, whatever time it claims"
    )  # fmt: skip
    trust = ledgers.add_word(
        words, "trust", _trust, "clinic-trust.pem, clinic-root.cer and the guide"
    )
    trust.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    trust.add_argument("--again", action="store_true", help="sign the list of withdrawn ones anew")
    _paper(trust)
    guide = ledgers.add_word(
        words, "guide", _guide, "the page that says how Acrobat trusts the clinic"
    )
    guide.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    _paper(guide)


def _number(command: Any) -> None:  # noqa: ANN401 - as above
    command.add_argument("number", metavar="NUMBER", help="its first digits, as `list` shows them")


def _paper(command: Any) -> None:  # noqa: ANN401 - as above
    command.add_argument("--paper", choices=("letter", "a4"), default="letter")


def _issue_arguments(command: Any) -> None:  # noqa: ANN401 - as above
    command.add_argument("request", type=Path, metavar="REQUEST.pem")
    command.add_argument("--out", type=Path, required=True, metavar="FILE.pem")
    command.add_argument("--days", type=int, default=730, metavar="N", help="730 unless told")


def _said(arguments: argparse.Namespace, sentence: str, **more: object) -> int:
    if arguments.json:
        print(json.dumps({"good": True, "sentence": sentence, **more}, ensure_ascii=False))
    else:
        print(sentence)
    return 0


# ------------------------------------------------ reading


def _list(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        desk = office.certificates
        lines, warned = desk.issued(), (desk.warning(), desk.warning_of_authority())
    if arguments.json:
        rows = [_plain(each) for each in lines]
        answer = {"good": True, "certificates": rows, "warnings": [w for w in warned if w]}
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return 0
    for each in lines:
        reason = f" ({each.reason})" if each.reason else ""
        print(
            f"{each.serial[:12]}  {each.staff_id:10} {each.name}, {each.credential}: "
            f"until {day(each.until.date())}, {each.state}{reason}"
        )
    for warning in filter(None, warned):
        print(warning)
    return 0


def _plain(each: Issued) -> dict[str, object]:
    return {
        "serial": each.serial,
        "fingerprint": each.fingerprint,
        "staff_id": each.staff_id,
        "name": each.name,
        "until": each.until.isoformat(),
        "state": each.state,
        "reason": each.reason,
        "here": each.here,
    }


# ------------------------------------------------ what the authority's key signs


def _issue(arguments: argparse.Namespace) -> int:
    from ketachart.report.authority import asked_for

    csr = text_of(arguments.request)
    asked = asked_for(csr)
    with ledgers.opened(arguments) as office:
        task = office.certificates.issuing(
            asked.staff_id, asked.name, asked.credential, csr, days=arguments.days
        )
        pem = office.certificates.finish(task.work(ledgers.of_authority(arguments)))
    write_file(arguments.out, pem.encode())
    return _said(
        arguments,
        f"{asked.name}, {asked.credential} ({asked.staff_id}) has a certificate.",
        pem=pem,
    )


def _renew(arguments: argparse.Namespace) -> int:
    csr = text_of(arguments.request) if arguments.request else None
    with ledgers.opened(arguments) as office:
        desk = office.certificates
        task = desk.renewing(arguments.number, csr)
        secret = ledgers.of_authority(arguments)
        own = ledgers.of_person(arguments)
        pem = desk.finish(task.work(secret, own_passphrase=own))
        if arguments.withdraw_old:
            now = office.time.now()
            desk.finish(desk.withdrawing(task.replaces, "replaced", now).work(secret))
    if arguments.out:
        write_file(arguments.out, pem.encode())
    old = "is withdrawn" if arguments.withdraw_old else "stays valid until its own end"
    return _said(arguments, f"{task.name} has a new certificate; the old one {old}.", pem=pem)


def _withdraw(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        desk = office.certificates
        since = _moment(arguments.since) if arguments.since else office.time.now()
        task = desk.withdrawing(arguments.number, arguments.reason, since)
        desk.finish(task.work(ledgers.of_authority(arguments)))
    return _said(
        arguments,
        f"The certificate is withdrawn: {arguments.reason}. Give the new trust file to whoever "
        "checks reports (authority trust).",
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CannotRead(f"“{text}” is no time. Write it as 2026-11-22T14:00-07:00.") from error
    if moment.tzinfo is None:
        raise CannotRead(f"“{text}” has no offset. Write it as 2026-11-22T14:00-07:00.")
    return moment


# ------------------------------------------------ what goes out


def _trust(arguments: argparse.Namespace) -> int:
    arguments.out.mkdir(parents=True, exist_ok=True)
    with ledgers.opened(arguments) as office:
        desk = office.certificates
        if arguments.again:
            desk.finish(desk.listing().work(ledgers.of_authority(arguments)))
        files = {
            "clinic-trust.pem": desk.trust_file(),
            "clinic-root.cer": desk.root_der(),
            "clinic-trust-guide.pdf": desk.guide(arguments.paper),
        }
        fingerprint = _fingerprint(office)
    for name, content in files.items():
        write_file(arguments.out / name, content)
    return _said(
        arguments,
        f"Wrote {', '.join(files)}. SHA-256 of the clinic's certificate: {fingerprint}",
        fingerprint=fingerprint,
        files=list(files),
    )


def _fingerprint(office: OpenClinic) -> str:
    from ketachart.report.authority import fingerprint_of

    text = fingerprint_of(office.root_certificate).upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _guide(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        content = office.certificates.guide(arguments.paper)
    write_file(arguments.out, content)
    return _said(arguments, f"Wrote {arguments.out.name}.")

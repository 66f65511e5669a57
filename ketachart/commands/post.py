"""`post`: packages between a nurse's laptop and the clinic: pack, take, status; card and join."""

import argparse
import json
from pathlib import Path
from typing import Any

from ketachart.charting import OpenClinic, holds_ledger, joining
from ketachart.charting.folder_files import content_of
from ketachart.charting.joining import NewNurse
from ketachart.charting.post_files import TOO_LARGE
from ketachart.charting.post_shapes import Correspondent, TakenIn
from ketachart.clock import SystemClock
from ketachart.commands import ledgers
from ketachart.commands.given import bytes_of
from ketachart.commands.writing import write_file
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.wording import count, day
from ketachart.errors import CannotRead
from ketachart.exchange.boxed import LONGEST_PACKAGE


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command with its words."""
    command = commands.add_parser(
        "post", help="packages: pack, take, status; plans; card, join, grant, complete"
    )
    words = command.add_subparsers(dest="word", required=True, metavar="WORD")
    pack = ledgers.add_word(words, "pack", _pack, "everything that a correspondent has not got")
    pack.add_argument(
        "--to", metavar="STAFF_ID", help="whose laptop, or its ledger's id; on a laptop: the clinic"
    )
    pack.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    take = ledgers.add_word(
        words, "take", _take, "take packages in; the same one twice is taken in once"
    )
    take.add_argument("files", type=Path, nargs="+", metavar="FILE.keta")
    ledgers.add_word(words, "status", _status, "how far each visit's report has come")
    ledgers.add_word(words, "plans", _plans, "the visits that the clinic asks for")
    card = ledgers.add_word(words, "card", _card, "what a new laptop needs to join")
    card.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    _join_arguments(
        ledgers.add_word(words, "join", _join, "make a laptop's ledger from the clinic's card")
    )
    grant = ledgers.add_word(
        words, "grant", _grant, "issue the certificate that a laptop asked for"
    )
    grant.add_argument("--staff-id", required=True, metavar="ID")
    grant.add_argument(
        "--fingerprint", required=True, metavar="HEX", help="of the key, as the nurse reads it out"
    )
    ledgers.add_word(
        words, "complete", _complete, "put the certificate that came to the key that waits"
    )


def _join_arguments(command: Any) -> None:  # noqa: ANN401 - as above
    command.add_argument("card", type=Path, metavar="CARD.ketacard")
    command.add_argument("--staff-id", required=True, metavar="ID")
    command.add_argument("--name", required=True, metavar="NAME", help="as on the licence")
    command.add_argument("--credential", required=True, metavar="RN")
    command.add_argument("--licence", required=True, metavar="NUMBER")
    command.add_argument(
        "--fingerprint", required=True, metavar="HEX", help="the clinic's, as read out by phone"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="the request")
    command.add_argument("--practice", action="store_true", help="made-up patients only")


def _said(arguments: argparse.Namespace, sentence: str, **more: object) -> int:
    if arguments.json:
        print(json.dumps({"good": True, "sentence": sentence, **more}, ensure_ascii=False))
    else:
        print(sentence)
    return 0


def _same(told: str, other: str, whose: str) -> None:
    if "".join(told.split()).lower() != other:
        groups = " ".join(other[end : end + 4] for end in range(0, len(other), 4))
        raise CannotRead(
            f"That is not the fingerprint of {whose}, which is {groups}. Nothing was made: compare "
            "again by phone, and do not go on if it differs."
        )


# ------------------------------------------------ packages


def _pack(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        whom = _whom(office, arguments.to or "")
        made = office.post.packing(whom.ledger).work(ledgers.of_person(arguments))
        write_file(arguments.out / made.name, made.content)
        office.post.sent(made)
    sentence = f"{made.name}: {count(len(made.lines), 'item')} for {whom.name}."
    lines = [line.words for line in made.lines]
    _said(arguments, sentence, file=made.name, sha256=made.sha256, items=lines)
    if not arguments.json:
        print("".join(f"  {words}\n" for words in lines), end="")
    return 0


def _whom(office: OpenClinic, told: str) -> Correspondent:
    """The correspondent that was named, or the only one."""
    known = office.post.correspondents()
    named = [one for one in known if not told or told in {*one.staff_ids, one.ledger}]
    if len(named) == 1:
        return named[0]
    if not known:
        raise CannotRead("Nobody is on file whom a package could go to. Let a laptop join first.")
    twice = len({one.staff_id for one in known}) < len(known)
    names = ", ".join(
        f"{one.ledger if twice else one.staff_id or 'clinic'} ({one.name})" for one in known
    )
    raise CannotRead(f"Say for whom with --to. On file are: {names}.")


def _take(arguments: argparse.Namespace) -> int:
    answers: list[dict[str, object]] = []
    with ledgers.opened(arguments) as office:
        for file in arguments.files:
            try:
                content = content_of(file, LONGEST_PACKAGE, TOO_LARGE)
                taken = office.post.take(content)
            except CannotRead as error:
                answers.append({"file": file.name, "good": False, "sentence": str(error)})
                continue
            answers.append({"file": file.name, **_plain(taken)})
        waits = bool(office.post.granted())
    good = all(answer["good"] for answer in answers)
    if arguments.json:
        print(json.dumps({"good": good, "packages": answers}, ensure_ascii=False, indent=1))
        return 0 if good else 1
    for answer in answers:
        print(f"{answer['file']}: {answer['sentence']}")
        lines = answer.get("lines")
        for line in lines if isinstance(lines, list) else ():
            print(f"  {line['words']}")
    if waits:
        print("Your certificate has come. Put it to your key with `post complete`.")
    return 0 if good else 1


def _plain(taken: TakenIn) -> dict[str, object]:
    aside, conflict = taken.count("aside"), taken.conflict
    parts = [f"{taken.new} new", f"{taken.known} known"]
    parts += [f"{conflict} in conflict"] if conflict else []
    parts += [f"{aside} left aside"] if aside else []
    return {
        "good": not aside and not conflict,
        "sentence": f"from {taken.sender}: {', '.join(parts)}.",
        "lines": [
            {"kind": line.kind, "state": line.state, "words": line.words} for line in taken.lines
        ],
    }


def _status(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        numbers = {row.stream: row.number for row in office.visits()}
        found = [
            {
                "visit": numbers.get(stream) or stream,
                "state": standing.state,
                "version": standing.version,
                "words": standing.words,
                "conflict": standing.conflict,
                "steps": [
                    {"state": s.state, "version": s.version, "at": s.at.isoformat()}
                    for s in standing.steps
                ],
            }
            for stream, standing in office.post.standings().items()
        ]
    if arguments.json:
        print(json.dumps({"good": True, "visits": found}, ensure_ascii=False, indent=1))
        return 0
    for row in found:
        print(f"{row['visit']}: {row['words']}" + ("; TWO REPORTS" if row["conflict"] else ""))
    return 0


def _plans(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        rows = [
            {
                "day": one.plan.day.isoformat(),
                "patient": one.plan.patient.full_name,
                "state": one.state,
                "note": one.plan.note,
                "words": f"{day(one.plan.day)}: {one.plan.patient.full_name}, {one.state}",
            }
            for one in office.post.planned()
        ]
    if arguments.json:
        print(json.dumps({"good": True, "plans": rows}, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(row["words"] + (f"; {row['note']}" if row["note"] else ""))
    return 0


# ------------------------------------------------ joining


def _card(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        made = office.post.card().work(ledgers.of_authority(arguments))
    write_file(arguments.out / made.name, made.content)
    ends = range(0, len(made.fingerprint), 4)
    groups = " ".join(made.fingerprint[end : end + 4] for end in ends)
    return _said(
        arguments,
        f"{made.name} is made. Read this out by phone to whoever joins: {groups}",
        file=made.name,
        fingerprint=made.fingerprint,
    )


def _join(arguments: argparse.Namespace) -> int:
    if holds_ledger(arguments.ledger):
        raise CannotRead("There is a ledger in that folder already. Choose an empty one.")
    card = joining.read_card(bytes_of(arguments.card))
    _same(arguments.fingerprint, card.fingerprint, card.clinic.name)
    passphrase, clock = ledgers.first_passphrase(arguments), SystemClock()
    nurse = NurseRecorded(
        at=clock.now(),
        staff_id=arguments.staff_id,
        name=arguments.name,
        credential=arguments.credential,
        licence=arguments.licence,
    )
    new = NewNurse(nurse, passphrase, practice=arguments.practice)
    ready = joining.prepare(card, new, clock)
    office = joining.found(arguments.ledger, ready, clock)
    try:
        made = office.post.packing(_whom(office, "").ledger).work(passphrase)
        write_file(arguments.out / made.name, made.content)
        office.post.sent(made)
    finally:
        office.close()
    key = ready.pending.fingerprint
    return _said(
        arguments,
        f"The laptop is ready to chart. Bring {made.name} to {card.clinic.name}, and read this "
        f"out there: {' '.join(key[end : end + 4] for end in range(0, len(key), 4))}",
        file=made.name,
        fingerprint=key,
    )


def _grant(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        waiting = [one for one in office.post.requests() if not one.granted]
        theirs = [one for one in waiting if one.fact.staff_id == arguments.staff_id]
        if not theirs:
            names = ", ".join(one.fact.staff_id for one in waiting) or "nobody"
            raise CannotRead(f"{arguments.staff_id} asks for nothing. There waits: {names}.")
        fact, warning = theirs[-1].fact, theirs[-1].warning
        _same(arguments.fingerprint, fact.fingerprint, f"the key of {fact.name}")
        task = office.certificates.issuing(fact.staff_id, fact.name, fact.credential, fact.request)
        made = task.work(ledgers.of_authority(arguments))
        office.post.admit(fact.item)
        office.certificates.finish(made)
    return _said(
        arguments,
        f"{fact.name}, {fact.credential}, has joined. The certificate goes with the next package. "
        f"{warning}".rstrip(),
    )


def _complete(arguments: argparse.Namespace) -> int:
    with ledgers.opened(arguments) as office:
        pem = office.post.granted()
        if not pem:
            raise CannotRead("No certificate has come. Take the clinic's package in first.")
        task = office.certificates.completing(pem)
        office.certificates.finish(task.work(ledgers.of_person(arguments)))
        own = office.certificates.own()
    until = f" until {day(own.until.date())}" if own else ""
    return _said(arguments, f"You can sign now{until}.")

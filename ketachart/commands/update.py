"""`update`: a newer KetaChart from a file that came by stick, checked before use; and back."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ketachart import charting
from ketachart.charting import OpenClinic, going_back, installing, updating
from ketachart.charting.installing import Ready
from ketachart.clock import SystemClock
from ketachart.commands import ledgers
from ketachart.domain.wording import day, day_and_clock
from ketachart.errors import Refused
from ketachart.home import folder_of_this_laptop
from ketachart.update import installers

_SURE = "Nothing was changed. To do so, run it again with --yes."


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command and its words."""
    update = commands.add_parser(
        "update", help="put a newer KetaChart in from a file, checked before it is used, or go back"
    )
    words = update.add_subparsers(dest="word", required=True, metavar="WORD")
    check = words.add_parser("check", help="say what an update file is, and whether it is whole")
    _file(check)
    _answering(check, run_check)
    install = words.add_parser("install", help="check it, keep the ledger as it is, put it in")
    _file(install)
    _ledger(install)
    _answering(install, run_install)
    back = words.add_parser("back", help="go back to the version before this one")
    back.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="the older version's update file"
    )
    back.add_argument(
        "--yes", action="store_true", help="do it; else it only says what it would do"
    )
    _ledger(back)
    _answering(back, run_back)
    listed = words.add_parser("list", help="say which versions were put in here, and what waits")
    _folder(listed)
    _answering(listed, run_list)
    put_in = words.add_parser("put-in", help="as administrator: check a package and install it")
    _file(put_in)
    put_in.add_argument("--back", action="store_true", help="an older version than this one")
    put_in.add_argument(
        "--after", type=int, default=0, metavar="PROCESS", help="once this process has ended"
    )
    _answering(put_in, run_put_in)


def _file(command: Any) -> None:  # noqa: ANN401 - argparse
    command.add_argument(
        "file", type=Path, metavar="FILE", help=f"the update file (*{updating.SUFFIX})"
    )


def _folder(command: Any) -> None:  # noqa: ANN401 - argparse
    command.add_argument(
        "--ledger", type=Path, metavar="FOLDER", help="the folder of the ledger; else this person's"
    )


def _ledger(command: Any) -> None:  # noqa: ANN401 - argparse
    _folder(command)
    ledgers.add_unlocking(command)


def _answering(command: Any, run: Any) -> None:  # noqa: ANN401 - argparse
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


# ------------------------------------------------ the words


def run_check(arguments: argparse.Namespace) -> int:
    """What the file is; good where it may be put in here."""
    seen = updating.look_at(arguments.file, SystemClock().now())
    told = seen.told
    answer = {
        "good": not seen.why_not,
        "version": told.version,
        "built": told.built_at.isoformat(),
        "commit": told.commit,
        "for": f"{told.system}-{told.machine}",
        "why_not": seen.why_not,
        "age": seen.age,
        "notes": {"en": told.notes_en, "es": told.notes_es},
    }
    what = f"KetaChart {told.version} for {told.system} on {told.machine}"
    first = f"{what}, built {day(told.built_at.date())}: signed by its makers, and whole."
    words = (first, seen.why_not, seen.age, told.notes_en)
    _answer(arguments, answer, *words)
    return int(bool(seen.why_not))


def run_install(arguments: argparse.Namespace) -> int:
    """Puts it in; where the system's installer does so, that is started here and now."""
    folder, here, clock = _folder_of(arguments), updating.this_one(), SystemClock()
    _say_left(updating.left_over(folder, here))
    seen = updating.look_at(arguments.file, clock.now())
    if seen.why_not:
        raise Refused(seen.why_not, rule="update")
    _say_battery()
    with _office(arguments, folder) as office:
        backup = None
        if office is not None:
            why = updating.why_not_now(office.visits_at_hand(clock.now().date()), clock.now())
            if why:
                raise Refused(why, rule="update")
            backup = updating.backup_for(office)
        task = updating.UpdateTask(
            folder=folder, path=arguments.file, clock=clock, here=here, backup=backup
        )
        ready = task.work(_step)
    return _go_on(arguments, ready)


def run_back(arguments: argparse.Namespace) -> int:
    """Says what going back would do; with ``--yes`` it does so."""
    folder, here, clock = _folder_of(arguments), updating.this_one(), SystemClock()
    _say_left(updating.left_over(folder, here))
    with _office(arguments, folder) as office:
        chosen = going_back.plan(folder, here, office, arguments.file)
        task = going_back.task_for(folder, chosen, clock, here, office)
    if not arguments.yes:
        _answer(
            arguments,
            {"good": False, "would": chosen.sentence, "since": chosen.since},
            chosen.sentence,
            _SURE,
        )
        return 1
    return _go_on(arguments, task.work(_step))


def run_list(arguments: argparse.Namespace) -> int:
    """What runs, what waits, and every change of version."""
    folder, here = _folder_of(arguments), updating.this_one()
    found, kept = updating.left_over(folder, here), updating.changes(folder)
    rows = [
        {"at": one.at.isoformat(), "from": one.before, "to": one.after, "backup": one.backup}
        for one in kept.made
    ]
    waits = kept.under_way.after if kept.under_way else None
    left = found.sentence if found else ""
    answer = {"good": True, "runs": here.version, "waits": waits, "said": left, "made": rows}
    lines = [
        f"{day_and_clock(one.at)}  {one.before} → {one.after}"
        + (f"  the ledger before: {one.backup}" if one.backup else "")
        for one in kept.made
    ]
    none = "No update was put in here yet." if not kept.made else ""
    _answer(arguments, answer, f"KetaChart {here.version} runs.", left, *lines, none)
    return 0


def run_put_in(arguments: argparse.Namespace) -> int:
    """What `update install` starts as administrator."""
    told = installing.put_in_as_administrator(
        arguments.file, back=arguments.back, after=arguments.after
    )
    sentence = f"KetaChart {told.version} is in place. Start it again."
    _answer(arguments, {"good": True, "version": told.version}, sentence)
    return 0


# ------------------------------------------------ what they share


def _folder_of(arguments: argparse.Namespace) -> Path:
    return Path(arguments.ledger or folder_of_this_laptop())


@contextmanager
def _office(arguments: argparse.Namespace, folder: Path) -> Iterator[OpenClinic | None]:
    """The unlocked ledger; None on a laptop that has none."""
    if not charting.holds_ledger(folder):
        yield None
        return
    arguments.ledger = folder
    with ledgers.opened(arguments) as office:
        yield office


def _go_on(arguments: argparse.Namespace, ready: Ready) -> int:
    """Ready: an installer of the system is run here, in sight; it asks for what it needs."""
    if not ready.command:
        good = not ready.by_hand
        answer = {"good": good, "version": ready.change.after, "by_hand": ready.by_hand}
        _answer(arguments, answer, ready.sentence, ready.by_hand)
        return int(not good)
    command = [word for word in ready.command if not word.startswith("--after=")]
    code = installers.run(command)
    _answer(arguments, {"good": not code, "version": ready.change.after, "code": code})
    return int(bool(code))


def _say_left(found: updating.Found | None) -> None:
    if found is not None:
        _step(found.sentence)


def _say_battery() -> None:
    import psutil

    battery = psutil.sensors_battery()
    if battery is not None:
        words = updating.battery_words(round(battery.percent), charging=bool(battery.power_plugged))
        if words:
            _step(words)


def _step(words: str) -> None:
    print(words, file=sys.stderr)


def _answer(arguments: argparse.Namespace, answer: dict[str, object], *words: str) -> None:
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(part for part in words if part))

"""Kills the program at random moments of the visit, and between any two calls to the disk."""

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from tests.torment.forked import Child
from tests.torment.recovery import Promises, Verdict, look
from tests.torment.shim import ANY, How, Shim
from tests.torment.told import Act, the_acts
from tests.torment.visit import Bedside, Place, Tell

DAY_S = 0.25  # about what a whole visit takes here without stopping
DAY_CALLS = 2600  # and how often it asks the disk to change something


def torment(seed: int, rounds: int, room: Path, *, too_early: bool = False) -> Counter[str]:
    """So many kills, one visit after the other; each visit goes on until it is over."""
    chance, tally = random.Random(seed), Counter[str]()
    while tally["rounds"] < rounds:
        with_root = Path(tempfile.mkdtemp(prefix="kill-", dir=room))
        try:
            _one_visit(Place(with_root), chance, rounds, tally, too_early=too_early)
        finally:
            shutil.rmtree(with_root, ignore_errors=True)
    return tally


def _one_visit(
    place: Place, chance: random.Random, rounds: int, tally: Counter[str], *, too_early: bool
) -> None:
    promised = Promises()
    while tally["rounds"] < rounds:
        before = promised.count
        promised.turn += 1
        was_killed = _killed(place, promised, chance, too_early=too_early)
        if promised.raised:
            tally["corrupt"] += 1
            tally[f"WRONG: {promised.raised}"] += 1
            return
        if not was_killed:
            return
        tally["rounds"] += 1
        tally["acknowledged"] += promised.count - before
        if chance.random() < 0.2:
            tally["killed again while recovering"] += 1
            _killed_while_recovering(place, promised, chance)
        verdict = look(place, promised)
        count(verdict, tally)
        if not verdict.is_good:
            return
        if verdict.half_made:
            tally["half-made clinics"] += 1
            shutil.rmtree(place.ledger, ignore_errors=True)


def count(verdict: Verdict, tally: Counter[str]) -> None:
    """Adds what was found."""
    tally["checked"] += verdict.checked
    tally["lost"] += len(verdict.lost)
    tally["corrupt"] += len(verdict.corrupt)
    tally["recovered"] += verdict.is_good
    tally["rounds with a loss"] += not verdict.is_good
    for words in (*verdict.lost, *verdict.corrupt):
        tally[f"WRONG: {words}"] += 1


def _killed(
    place: Place, promised: Promises, chance: random.Random, *, too_early: bool = False
) -> bool:
    """Lets a process chart on from where the last one was stopped, and kills it."""
    acts = the_acts()[promised.act + 1 :]
    # so that a visit is killed some five times before it is over
    between_calls = chance.random() < 0.5
    nth = chance.randint(1, DAY_CALLS // 3)
    how = chance.choice(list(How))
    seconds = chance.uniform(0, DAY_S / 2)

    def work(tell: Tell) -> None:
        shim = Shim()
        shim.watch(place.root)
        if between_calls:
            shim.kill_at(ANY, nth, how)
        chart_on(place, promised, acts, tell, too_early=too_early)

    child = Child(work)
    if not between_calls:
        child.hear(seconds)
        child.kill()
    said = child.wait()
    promised.hear_lines(said)
    return b'"over":true' not in said


def chart_on(
    place: Place,
    promised: Promises,
    acts: tuple[Act, ...],
    tell: Tell,
    *,
    too_early: bool = False,
) -> None:
    """The rest of the visit, from the first act that was not acknowledged."""
    bedside = Bedside(
        place, tell, names=promised.names, too_early=too_early, turn=promised.turn - 1
    )
    if promised.founded and acts:
        bedside.go_on_from(acts[0], promised.passphrases, promised.stream)
        tell({"passphrase": bedside.passphrase})
    for act in acts:
        bedside.perform(act)
    bedside.close()
    tell({"over": True})


def _killed_while_recovering(place: Place, promised: Promises, chance: random.Random) -> None:
    """The program is started again, and killed while it still looks at what is there."""
    nth, how = chance.randint(1, 40), chance.choice(list(How))

    def work(_tell: Tell) -> None:
        shim = Shim()
        shim.watch(place.root)
        shim.kill_at(ANY, nth, how)
        look(place, promised)

    Child(work).wait()

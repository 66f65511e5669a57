"""What the nurse waits for at the window: the start, a key, a record, a page, a drawing."""

from collections.abc import Iterator
from pathlib import Path

from tests.helpers.bench_table import Row, in_turn, limited

STARTS = 9
OPENINGS = 6
BARE = "a bare QMainWindow"
OF_LOCKED = (
    "the rules, the encryption and the window's own modules are loaded once the door is "
    "painted, so that unlocking does not wait for them"
)
OF_A_VISIT = (
    "that, and the visit itself, its timeline and the sheets of a phase are held, so that nothing "
    "is read from the disk while she charts"
)


def start_rows(place: Path) -> Iterator[Row]:
    """Start to the first painted unlock screen, with a ledger there, against a bare window."""
    from tests.helpers import bench_start as start
    from tests.helpers.bench_visits import clinic_in

    clinic_in(place).close()
    start.keep_a_preference(place)
    for what, program, words, goal in (
        ("start to the painted unlock screen", start.UNLOCK_WINDOW, ("first",), 1.3),
        ("start to the whole window around it", start.UNLOCK_WINDOW, ("whole",), None),
        ("start of `python -m ui` to its first paint", start.REAL_WINDOW, (), None),
    ):
        yield Row(
            what,
            BARE,
            *in_turn(
                lambda program=program, words=words: start.until_painted(
                    program, str(place), *words
                ),
                lambda: start.until_painted(start.BARE_WINDOW),
                STARTS,
            ),
            goal=goal,
            why="what is beyond it are forty modules of the window's own, the names of Qt that "
            "they ask for, three weights of the letters, and words that are laid out and painted",
        )


def memory_rows(place: Path) -> Iterator[Row]:
    """What the window holds in memory, against a bare one's."""
    from tests.helpers import bench_start as start
    from tests.helpers.bench_visits import clinic_in
    from tests.helpers.heavy_visit import PASSPHRASE, heavy_ledger

    clinic_in(place / "locked").close()
    stream, now = heavy_ledger(place / "heavy")
    visit = (str(place / "heavy"), stream, now.isoformat(), PASSPHRASE)
    bare = [start.memory_of(start.BARE_MEMORY) for _ in range(3)]
    for what, program, words, why in (
        ("at the unlock screen", start.UNLOCK_MEMORY, (str(place / "locked"),), OF_LOCKED),
        ("in a visit of 5,300 entries and points", start.VISIT_MEMORY, visit, OF_A_VISIT),
    ):
        held = [start.memory_of(program, *words) for _ in range(3)]
        yield Row(
            f"memory {what}",
            BARE,
            [each[0] for each in held],
            [each[0] for each in bare],
            1.6,
            unit="MB",
            why=why,
        )


def key_rows(place: Path) -> Iterator[Row]:
    """The heavy visit, 300 entries by hand and 5,000 points: a key, a record, a sheet, a phase."""
    from tests.helpers import bench_heavy

    every = {spread.what.strip(): spread for spread in bench_heavy.spreads(place)}
    bare = next(spread for what, spread in every.items() if "bare" in what)
    keys = every["key to paint: all fields"]
    yield limited("a key to its paint, heavy visit", 16, keys.took)
    yield Row(
        "a key to its paint, heavy visit, p99",
        "a bare QLineEdit in a bare window",
        [keys.at(99)],
        [bare.at(99)],
    )
    why = "all that an entry changes is worked out and drawn again in one turn of the window"
    for what, spread in every.items():
        if what.startswith("record to paint"):
            named = what.removeprefix("record to paint: ")
            yield limited(f"a record to its paint: {named}", 50, spread.took, why=why)


def preview_rows(place: Path) -> Iterator[Row]:
    """The Sign phase, from the press of its key until page one is painted: at most 500 ms."""
    from tests.helpers.bench_preview import opened_preview

    took = [opened_preview(place / f"{number}") * 1000 for number in range(OPENINGS)][1:]
    yield Row(
        "Sign: from its key to page one painted", "a limit of 500 ms", took, [500.0] * len(took), 1
    )


def timeline_rows(_place: Path) -> Iterator[Row]:
    """The timeline from new data to its picture: many points against a usual visit's 65."""
    from tests.helpers.bench_timeline import painted, timelines

    usual, many, most = (painted(timeline) for timeline in timelines())
    for points, ours, goal in (("500", many, 5), ("5,000", most, 40)):
        yield Row(
            f"the timeline drawn and painted, {points} points",
            "the same with 65 points",
            *in_turn(ours, usual, 15),
            goal=goal,
        )

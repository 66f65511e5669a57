"""Attacks signed reports, at length: `python3 dev.py attack [--flips N] [--fuzz SECONDS]`.

Every attack of the corpus is judged by KetaChart, by pyHanko's own validator and by poppler's
pdfsig. Flips change one byte each, in the signed and in the countersigned report. Fuzzing mutates
them at random and looks for a check that stops, takes long, or fills the memory.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SLOW = 10.0  # seconds that no file may take


def say(words: str) -> None:
    """A line for who waits at the terminal."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def trusting_store(folder: Path, pem: bytes) -> str:
    """A certificate store, as poppler asks one, that trusts this authority."""
    store = f"sql:{folder}"
    root = folder / "root.pem"
    root.write_bytes(pem)
    for words in (
        ["-N", "-d", store, "--empty-password"],
        ["-A", "-d", store, "-n", "clinic", "-t", ",C,", "-a", "-i", str(root)],
    ):
        subprocess.run(["certutil", *words], check=True, capture_output=True)
    return store


def attacks() -> int:
    """How many attacks each program takes for good; 1 where KetaChart takes one that it may not."""
    from ketachart.report.verify import verify
    from tests.report.attacks import families
    from tests.report.attacks.judges import poppler_accepts, pyhanko_accepts

    wrong = 0
    say(f"{'family':10}{'attacks':>9}{'KetaChart':>11}{'pyHanko':>9}{'pdfsig':>8}")
    totals: Counter[str] = Counter()
    for family, members in families().items():
        taken: Counter[str] = Counter()
        for one in members:
            pdf, pem = one.make(), one.trust()
            ours = verify(pdf, trust_pem=pem, numbers=one.numbers).good
            with tempfile.TemporaryDirectory() as name:
                file = Path(name) / "report.pdf"
                file.write_bytes(pdf)
                others = {
                    "pyHanko": pyhanko_accepts(pdf, pem),
                    "pdfsig": poppler_accepts(file, trusting_store(Path(name), pem)),
                }
            taken.update(["KetaChart"] * ours + [who for who, good in others.items() if good])
            if ours != (not one.codes):
                wrong += 1
                say(f"  WRONG: {one} is taken for {'good' if ours else 'bad'}")
            elif ours and not all(others.values()):
                say(f"  taken by KetaChart, not by all: {one}: {others}")
        totals.update(taken, attacks=len(members))
        tell_row(family, len(members), taken)
    tell_row("all", totals["attacks"], totals)
    return wrong


def tell_row(name: str, attacked: int, taken: Counter[str]) -> None:
    """One line of the table."""
    counts = f"{taken['KetaChart']:11}{taken['pyHanko']:9}{taken['pdfsig']:8}"
    say(f"{name:10}{attacked:9}{counts}")


def reports() -> dict[str, bytes]:
    """The two files that are damaged: signed by the nurse, and by the supervisor as well."""
    from ketachart.report.signing import countersign
    from tests.report import whole_reports
    from tests.report.hostile_reports import VISIT
    from tests.report.signed_reports import supervisor

    signed = whole_reports.signed()
    both = countersign(signed, supervisor(), **VISIT)
    return {"signed": signed, "countersigned": both}


def flips(count: int, seed: int) -> int:
    """How many changed bytes were noticed, by the fault named; returns how many were not."""
    from tests.report.attacks.flips import flipped

    unnoticed = 0
    for name, pdf in reports().items():
        began = time.monotonic()
        named, passed = flipped(pdf, count, seed)
        unnoticed += len(passed)
        took = time.monotonic() - began
        say(f"{name}: {len(pdf)} bytes, {count} flips, {len(passed)} trusted, {took:.0f} s")
        say("  " + ", ".join(f"{code} {many}" for code, many in named.most_common()))
        for place, part, pattern in passed:
            say(f"  TRUSTED: byte {place} ({part}) changed by {pattern:#04x}")
    return unnoticed


def mutated(pdf: bytes, chance: random.Random) -> bytes:
    """The file with a few random wounds: bytes changed, cut out, repeated, moved, numbers grown."""
    changed = bytearray(pdf)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        start = chance.randrange(len(changed))
        end = min(len(changed), start + chance.choice((1, 8, 64, 2000)))
        match chance.randrange(5):
            case 0:
                changed[start:end] = chance.randbytes(end - start)
            case 1:
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end] * chance.choice((1, 3, 50))
            case 3:
                piece = bytes(changed[start:end])
                place = chance.randrange(len(changed))
                changed[place:place] = piece
            case _:
                changed[start:start] = chance.choice((b"9" * 40, b"[" * 5000, b"<<", b"endobj"))
    return bytes(changed)


def fuzz(seconds: float, seed: int) -> int:
    """Random wounds, half of them signed again with the nurse's key so that they are read further.

    Returns how many were taken for good, stopped the check in another way than `CannotRead`, or
    took too long.
    """
    from ketachart.errors import CannotRead
    from ketachart.report.verify import verify
    from tests.report.attacks.shadows import resealed
    from tests.report.signed_reports import root_of

    chance, found, bad = random.Random(seed), Counter[str](), 0
    files, slowest, until = list(reports().values()), 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        pdf = mutated(chance.choice(files), chance)
        if chance.random() < 0.5:
            try:
                pdf = resealed(pdf)
            except (IndexError, ValueError):
                continue
        began = time.monotonic()
        try:
            verdict = verify(pdf, trust_pem=root_of(), numbers=True)
            code = "GOOD" if verdict.good else verdict.faults[0].code
        except CannotRead:
            code = "no PDF"
        except Exception as error:  # noqa: BLE001  (what is looked for)
            code = f"RAISED {type(error).__name__}"
        took = time.monotonic() - began
        slowest = max(slowest, took)
        if code == "GOOD" or code.startswith("RAISED") or took > SLOW:
            bad += 1
            say(f"  {code} after {took:.1f} s, mutant {sum(found.values())} of seed {seed}")
        found[code] += 1
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"{sum(found.values())} mutants, slowest {slowest:.1f} s, {most} MB at most")
    say("  " + ", ".join(f"{code} {many}" for code, many in found.most_common()))
    return bad


def main(words: Sequence[str]) -> int:
    """Attack; 0 where everything was refused that must be."""
    parser = argparse.ArgumentParser(prog="dev.py attack", description=__doc__)
    parser.add_argument("--flips", type=int, default=0, help="bytes to change in each file")
    parser.add_argument("--fuzz", type=float, default=0, help="seconds of random wounds")
    parser.add_argument("--seed", type=int, default=27, help="for the same wounds again")
    asked = parser.parse_args(words)
    wrong = 0
    if not (asked.flips or asked.fuzz):
        wrong += attacks()
    if asked.flips:
        wrong += flips(asked.flips, asked.seed)
    if asked.fuzz:
        wrong += fuzz(asked.fuzz, asked.seed)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

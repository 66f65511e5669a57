"""The page about reliability, written from the counts of a run."""

import os
import platform
from collections import Counter

from ketachart.clock import SystemClock

Parts = dict[str, tuple[bool, "Counter[str]"]]
COLUMNS = ("rounds", "acknowledged", "checked", "lost", "corrupt", "recovered")


def table(parts: Parts) -> str:
    """The counts for the terminal."""
    width = max(len(name) for name in parts) + 2
    lines = ["", f"{'':{width}}" + "".join(f"{name:>13}" for name in COLUMNS)]
    for name, (is_control, counts) in parts.items():
        if is_control:
            continue
        numbers = "".join(f"{counts[column]:13,}" for column in COLUMNS)
        lines.append(f"{name:{width}}{why_not(counts) or numbers}")
    lines += ["", "Broken on purpose; each must be noticed:"]
    for name, (is_control, counts) in parts.items():
        if is_control:
            noticed = counts["rounds with a loss"]
            lines.append(f"{name:{width}}noticed in {noticed:,} of {counts['rounds']:,} rounds")
    return "\n".join(lines)


def why_not(counts: "Counter[str]") -> str:
    """Why a part was not tried; empty where it was."""
    return next((words for words in counts if words.startswith("not possible here")), "")


def machine() -> str:
    """What the run was made on, as far as it matters."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()
    return (
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLCipher {cipher}, SQLite {dbapi2.sqlite_version}"
    )


def _rows(parts: Parts) -> list[str]:
    rows = []
    for name, (is_control, counts) in parts.items():
        if is_control:
            continue
        if why := why_not(counts):
            rows.append(f"| {name} | 0 | | | | | {why} |")
            continue
        numbers = " | ".join(f"{counts[column]:,}" for column in COLUMNS)
        rows.append(f"| {name} | {numbers} |")
    return rows


def page(parts: Parts, seconds: float, seed: int, *, words: list[str]) -> str:
    """The whole page."""
    ours = [counts for is_control, counts in parts.values() if not is_control]
    total: Counter[str] = sum(ours, Counter())
    controls = [
        f"| {name} | {counts['rounds with a loss']:,} of {counts['rounds']:,} |"
        for name, (is_control, counts) in parts.items()
        if is_control
    ]
    command = " ".join(("python3 dev.py torment", *words))
    return TEXT.format(
        date=SystemClock().now().date(),
        machine=machine(),
        minutes=max(1, round(seconds / 60)),
        command=command,
        seed=seed,
        rows="\n".join(_rows(parts)),
        controls="\n".join(controls),
        rounds=f"{total['rounds']:,}",
        checked=f"{total['checked']:,}",
        lost=total["lost"],
        corrupt=total["corrupt"],
    )


TEXT = """# Reliability

Written by `{command}` on {date}; do not edit. {minutes} minutes on: {machine}. Seed {seed}.

**{rounds} rounds, {checked} looks for an acknowledged entry: {lost} lost, {corrupt} corrupt.**

A two-hour visit of 127 entries is charted through `ketachart.charting`, the door that the window
uses: the clinic is made, the visit screened, started, paused for nausea, corrected, ended, signed
and added to; the passphrase is changed twice, the ledger locked and unlocked four times, a form
kept half typed, a copy made. Every entry is told the moment the door has returned: that is when a
form clears. Then the visit is tormented, the ledger is opened as it always is, checked in full,
and every entry that was told is looked for with its hash, the signed report with its own.

| what happens | rounds | told | looked for | lost | corrupt | recovered |
|---|---|---|---|---|---|---|
{rows}

## What each row is

- **kill -9**: half at a random moment, half before, after or in the middle of a call to the disk
  chosen at random. The next round goes on with the same visit; one in five is killed again while
  it recovers. This shows that an act is whole or not there; it does not show that it is on the
  disk, since the system keeps what a killed program wrote.
- **power cut, simulated**: every write, flush and name that the visit asked for is recorded with
  its acknowledgements; the record, played back, comes to the real files byte for byte. Then the
  disk is put into states in which a cut may leave it: of what was not flushed nothing, everything,
  a beginning with its last write torn, any sectors, or sectors of garbage. Names that were not
  flushed are there in their order up to some point. Garbage stays within the bytes that were being
  written, as SQLite assumes of every drive.
- **garbage in the first page**: the same, at the moment at which the page with the salt is written.
- **power cut, real**: a file system in a file is cut off in the middle, losing what it had not
  put on its disk, mounted again, and looked at. Only what was told before the cut counts.
- **disk full, fault**: in each act of the visit, each call in turn is answered with “no space” or
  with a fault, once or until it is mended. A round is one such call. The act is refused with a
  sentence that says what is safe and what to do; the chart can be read meanwhile; the same act is
  done again and stands once. In a quarter of the visits the program ends right after the fault.
- **odd**: what else happens to a laptop.

## What must be noticed

The same on a KetaChart that breaks a promise on purpose. A run fails where one is not noticed.

| broken on purpose | rounds in which it is noticed |
|---|---|
{controls}

## What this does not show

Windows and macOS are not tried: the calls can be watched on Linux only. A drive that says that it
has flushed and has not loses entries with any program; only a copy elsewhere helps then. The
report's pages are drawn once and used again in each round, since drawing asks nothing of the
ledger. The calls of the folder in shared memory that SQLite keeps beside an open ledger are not
part of a cut: it is made anew at each opening.
"""

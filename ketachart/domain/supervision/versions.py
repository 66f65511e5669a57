"""What one version of a report says that the version before it did not: addenda, or a fault."""

from dataclasses import dataclass

from ketachart.domain.audit import words
from ketachart.domain.facts import AddendumWritten, Fact, ReportSigned
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock


@dataclass(frozen=True, slots=True)
class Changed:
    """What is new, in words by entry, and what should not have changed; none in a good version."""

    added: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()


def changed(before: Visit, after: Visit) -> Changed:
    """What ``after`` says beyond ``before``: only additions are possible after a signature."""
    faults = []
    old = before.entries
    for place, entry in enumerate(old):
        if place >= len(after.entries) or after.entries[place] != entry:
            title, _ = words(before, entry.fact)
            faults.append(
                f"Entry {entry.number} ({title}, {day_and_clock(entry.at)}) is not as it stood in "
                "the version before."
            )
            break
    fresh = after.entries[len(old) :]
    if not faults:
        faults += [
            f"Entry {entry.number} ({words(after, entry.fact)[0]}) was added after the signature "
            "and is no addendum."
            for entry in fresh
            if not _possible(entry.fact)
        ]
    added = tuple(
        (entry.id, f"{title}: {detail}")
        for entry in fresh
        for title, detail in (words(after, entry.fact),)
        if not faults and isinstance(entry.fact, AddendumWritten)
    )
    return Changed(added, tuple(faults))


def _possible(fact: Fact) -> bool:
    """Whether it may follow a signature: an addendum, or that the report was made."""
    return isinstance(fact, (AddendumWritten, ReportSigned))

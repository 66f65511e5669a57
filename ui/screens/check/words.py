"""What a check of a signed report comes to: its word, sign and colour, and its details in rows."""

import re
from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import count
from ui.laptop import breakable
from ui.tokens import Tone
from ui.widgets.key_value import KeyValue
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.checking import Checked, Outcome

# word, tone, sign: each says the same, so that none has to be seen to know.
OUTCOMES: "Final[dict[Outcome, tuple[str, Tone, str]]]" = {
    "good": ("Good", "ok", "shield-check"),
    "unchecked": ("Unchanged; who signed was not checked", "warn", "triangle-alert"),
    "withdrawn": ("Certificate withdrawn", "danger", "octagon-alert"),
    "not trusted": ("Unchanged, but not to be trusted", "danger", "octagon-alert"),
    "not signed": ("Not signed", "danger", "octagon-alert"),
    "bad": ("Not as it was signed", "danger", "octagon-alert"),
    "unread": ("Could not be checked", "warn", "triangle-alert"),
}
_SHORT: "Final[dict[Outcome, str]]" = {
    "unchecked": "Signer not checked",
    "not trusted": "Not trusted",
    "bad": "Changed",
    "unread": "Not checked",
}
_LAST: Final = ("Signatures", "Size", "SHA-256 of the file")
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")


def row_of(place: int, one: "Checked") -> ListRow:
    """One file in the list of several."""
    word, tone, sign = OUTCOMES[one.outcome]
    signers = one.verdict.signers if one.verdict else ()
    return ListRow(
        key=str(place),
        what=one.path.name,
        value=", ".join(signer.name for signer in signers) or "No signer",
        mark=_SHORT.get(one.outcome, word),
        sign=sign,
        tone=tone,
        names=True,
    )


def summary(every: "tuple[Checked, ...]") -> str:
    """How many files, and how many of them are to be looked at."""
    good = sum(one.outcome == "good" for one in every)
    told = [count(len(every), "file"), f"{good} good"]
    for outcomes, words in (
        (("unchecked",), "signer not checked"),
        (("withdrawn", "not trusted", "not signed", "bad"), "not to be relied on"),
        (("unread",), "could not be checked"),
    ):
        how_many = sum(one.outcome in outcomes for one in every)
        if how_many:
            told.append(f"{how_many} {words}")
    return ", ".join(told)


def facts_of(one: "Checked") -> tuple[KeyValue, ...]:
    """Every fault first, then what was looked at; the file's own figures come last."""
    verdict = one.verdict
    if verdict is None:
        return (KeyValue("File", breakable(one.path)),)
    said = verdict.sentence
    faults = [
        KeyValue("Found", fault.sentence, "danger")
        for fault in verdict.faults
        if fault.sentence not in said
    ]
    details = sorted(map(_detail, verdict.details), key=lambda fact: fact.key in _LAST)
    kept = (KeyValue("This laptop", one.kept),) if one.kept else ()
    return (*faults, *kept, *details, KeyValue("File", breakable(one.path)))


def _detail(line: str) -> KeyValue:
    """A line such as "Audit: 41 entries, chain whole"; without a colon it is all value."""
    key, colon, value = line.partition(": ")
    if not colon:
        return KeyValue("", line)
    if not _DIGEST.match(value):
        value = value[:1].upper() + value[1:]
    value = _DIGEST.sub(lambda digits: _in_fours(digits[0]), value)
    return KeyValue(key[:1].upper() + key[1:], value)


def _in_fours(digits: str) -> str:
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def as_text(every: "tuple[Checked, ...]") -> str:
    """What is copied: for each file its name, the answer, and everything behind it."""
    parts = []
    for one in every:
        word = OUTCOMES[one.outcome][0]
        facts = [f"  {fact.key}: {fact.value}" for fact in facts_of(one) if fact.key != "File"]
        parts.append("\n".join([one.path.name, f"{word}. {one.sentence}", *facts]))
    return "\n\n".join(parts) + "\n"

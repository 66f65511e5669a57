"""Checks files that are said to be signed reports: with no ledger, no network, one trust file.

Nothing here touches a ledger: it may all run in a worker.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cryptography import x509
from cryptography.x509.oid import NameOID

from ketachart.charting.report_reading import LARGEST
from ketachart.domain.post.standing import SignedVersion
from ketachart.domain.wording import count, day
from ketachart.errors import CannotRead
from ketachart.exchange.card import MAGIC as CARD
from ketachart.exchange.envelope import MAGIC as PACKAGE
from ketachart.report.certificate import fingerprint, named
from ketachart.report.verify_people import trusted_roots
from ketachart.report.verify_withdrawn import lists_for
from ketachart.report.verify_words import in_fours

if TYPE_CHECKING:
    from ketachart.report.verify import Verdict

MOST_FILES = 2_000
"""Files that are checked at a time; each takes a second or two."""

Outcome = Literal["good", "unchecked", "withdrawn", "not trusted", "not signed", "bad", "unread"]
"""What a check comes to, from the best to the worst; each has its own word, sign and colour."""

_PACKAGE = (
    "This is a package of the post, closed for one laptop. Take it in on the post's own screen."
)
_CARD = "This is a clinic's card for a new laptop, not a report. The first start asks for it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The authorities of a trust file; compare ``groups`` with the clinic by telephone."""

    pem: bytes
    clinics: tuple[str, ...]
    groups: tuple[str, ...]
    lists: str

    @property
    def who(self) -> str:
        """The clinics by name."""
        return " and ".join(self.clinics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file and what came of it; ``verdict`` is None where it could not be read.

    ``kept`` is what the open ledger says of the visit; empty where none was asked.
    """

    path: Path
    verdict: "Verdict | None" = None
    sentence: str
    sha256: str = ""
    kept: str = ""

    @property
    def outcome(self) -> Outcome:
        """What it comes to, in a word."""
        verdict = self.verdict
        if verdict is None:
            return "unread"
        if verdict.good:
            return "good" if verdict.trusted else "unchecked"
        codes = {fault.code for fault in verdict.faults}
        if "WITHDRAWN" in codes:
            return "withdrawn"
        if verdict.intact:
            return "not trusted"
        return "not signed" if "NO_SIGNATURE" in codes else "bad"

    def as_json(self) -> dict[str, object]:
        """The same in plain values."""
        if self.verdict is None:
            return {"file": self.path.name, "good": False, "error": self.sentence}
        return {"file": self.path.name, **self.verdict.as_json()}


def read_trust(content: bytes) -> Trust:
    """A trust file as it came.

    Raises:
        CannotRead: it is none, or a list in it was not signed by its clinic.
    """
    roots = trusted_roots(content)
    return Trust(
        pem=content,
        clinics=tuple(_clinic(root) for root in roots),
        groups=tuple(in_fours(fingerprint(root)) for root in roots),
        lists=_lists(content, roots),
    )


def _clinic(root: x509.Certificate) -> str:
    subject = root.subject
    return named(subject, NameOID.ORGANIZATION_NAME) or named(subject, NameOID.COMMON_NAME)


def _lists(content: bytes, roots: tuple[x509.Certificate, ...]) -> str:
    known = tuple(lists_for(content, roots).values())
    if not known:
        return "No list of withdrawn certificates yet."
    newest = max(known, key=lambda each: each.made_at)
    until, made = day(newest.next_update.date()), day(newest.made_at.date())
    return f"List {newest.number} of withdrawn certificates, of {made}, meant until {until}."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTask:
    """Files and folders to be checked; ``trust_pem`` is None where nobody is trusted yet.

    ``expected`` is what a ledger knows of the visit in a file: SHA-256 of the report, by version.
    """

    paths: tuple[Path, ...]
    trust_pem: bytes | None
    now: datetime
    expected: Mapping[Path, Mapping[int, str]] = field(default_factory=dict)

    def work(
        self,
        step: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Checked, ...]:
        """Every file in turn; ends early where it was cancelled.

        Raises:
            CannotRead: a folder holds no PDF, or too many.
        """
        files = tuple(dict.fromkeys(_files_in(self.paths)))
        if len(files) > MOST_FILES:
            raise CannotRead(f"That is {count(len(files), 'file')}. Choose fewer at a time.")
        found: list[Checked] = []
        for place, path in enumerate(files):
            if cancelled():
                break
            step(place, len(files))
            found.append(self._checked(path))
        return tuple(found)

    def _checked(self, path: Path) -> Checked:
        """One of several: what cannot be read does not keep the others from being checked."""
        try:
            content = self._content(path)
            verdict = self._verdict(path, content)
        except CannotRead as error:
            return Checked(path=path, sentence=str(error))
        except OSError:
            return Checked(path=path, sentence="This file cannot be read. Is the stick still in?")
        digest = hashlib.sha256(content).hexdigest()
        return Checked(path=path, verdict=verdict, sentence=verdict.sentence, sha256=digest)

    @staticmethod
    def _content(path: Path) -> bytes:
        if path.stat().st_size > LARGEST:
            raise CannotRead("This file is far larger than any report. Choose another one.")
        content = path.read_bytes()
        if not content.strip():
            raise CannotRead("This file is empty. Copy it again from where it came.")
        for magic, sentence in ((PACKAGE, _PACKAGE), (CARD, _CARD)):
            if content.startswith(magic):
                raise CannotRead(sentence)
        return content

    def _verdict(self, path: Path, content: bytes) -> "Verdict":
        from ketachart.report.verify import verify

        return verify(
            content,
            trust_pem=self.trust_pem,
            numbers=True,
            expected=self.expected.get(path),
            now=self.now,
        )


def beside_ledger(
    every: Iterable[Checked], versions: Callable[[str], Iterable[SignedVersion]]
) -> tuple[tuple[Checked, ...], Mapping[Path, Mapping[int, str]]]:
    """What a ledger adds to an answer, and what the files have to be checked against for it.

    ``versions`` tells the versions of a visit that the ledger knows. What it keeps as that very
    version has to be the same file, or one that was countersigned after it.
    """
    told: list[Checked] = []
    expected: dict[Path, Mapping[int, str]] = {}
    for one in every:
        report = one.verdict.report if one.verdict else None
        if report is None:
            told.append(one)
            continue
        known = {version.version: version.sha256 for version in versions(report.visit)}
        if known.get(report.version, one.sha256) != one.sha256:
            expected[one.path] = known
        told.append(replace(one, kept=_kept_words(known, report.version)))
    return tuple(told), expected


def _kept_words(known: Mapping[int, str], version: int) -> str:
    if not known:
        return "Nothing of this visit is on this laptop."
    newest = max(known)
    if newest > version:
        return f"A newer version, {newest}, of this report is on this laptop."
    if version not in known:
        return f"On this laptop is version {newest} only; this one is newer."
    return "No newer version of this report is on this laptop."


def _files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files as they were given, and the PDFs of each folder in the order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() == ".pdf")
        if not inside:
            raise CannotRead(f"There is no PDF in {path.name}. Choose the folder of the reports.")
        yield from inside

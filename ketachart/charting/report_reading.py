"""Reads signed reports from a folder or a stick: each is checked, and its visit is folded again.

Nothing here touches the ledger: it may all run in a worker, and on a machine without a ledger.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ketachart.charting.folder_files import Unread, content_of, files_of, sentence, shown
from ketachart.domain.addenda import version_of
from ketachart.domain.folded.reading import entries_of, rows_of
from ketachart.domain.supervision.flags import steady
from ketachart.domain.supervision.reviewer import signer_of
from ketachart.domain.visit import Visit, fold
from ketachart.errors import CannotRead, Fault, KetaChartError

if TYPE_CHECKING:
    from ketachart.report.styles import PaperName
    from ketachart.report.verify import Verdict

LARGEST = 64 * 1024 * 1024  # bytes; a visit of 300 entries is under one megabyte
TOO_LARGE = "This file is far larger than any report; it was not read."
PACKAGE = ".keta"
ENDINGS = frozenset({".pdf", PACKAGE})
OTHER_SIGNER = Fault(
    "OTHER_SIGNER", "Signer: the certificate is not that of the nurse who charted this visit."
)


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A signed report as it was read: what the check found, and the visit that it tells.

    ``name`` is the file's; ``stream`` is the visit's own id, the same in every ledger.
    """

    name: str
    content: bytes = field(repr=False)
    sha256: str
    verdict: "Verdict"
    visit: Visit = field(repr=False)
    number: str
    version: int
    stream: str
    paper: "PaperName" = "letter"

    @property
    def good(self) -> bool:
        """Whether nothing was found against it."""
        return self.verdict.good

    @property
    def fault(self) -> str:
        """What the check found first; empty where it found nothing."""
        if self.verdict.good:
            return ""
        first = self.verdict.faults[:1]
        return first[0].sentence if first else self.verdict.sentence

    @property
    def signer_id(self) -> str:
        """Staff id in the certificate that it is signed with; empty where there is none."""
        return self.verdict.signers[0].staff_id if self.verdict.signers else ""

    @property
    def certificate(self) -> str:
        """SHA-256 of that certificate; empty where there is none."""
        return self.verdict.signers[0].fingerprint if self.verdict.signers else ""

    @property
    def signer(self) -> str:
        """Name and credential in that certificate; in the chart where there is none."""
        if self.verdict.signers:
            first = self.verdict.signers[0]
            return f"{first.name}, {first.credential}"
        nurse = self.visit.nurse
        return f"{nurse.name}, {nurse.credential}" if nurse is not None else "nobody"

    @property
    def signed_at(self) -> datetime:
        """When it was signed, as the signer's laptop claims; else when its last entry was made."""
        claimed = self.verdict.signers[0].signed_at if self.verdict.signers else None
        return claimed or self.visit.entries[-1].recorded_at

    @property
    def countersigned_by(self) -> str:
        """Who countersigned it already; empty where nobody did."""
        return self.verdict.signers[1].title if len(self.verdict.signers) > 1 else ""

    @property
    def printed_at(self) -> datetime:
        """The moment of the report: that of its last entry, with which it was signed."""
        return self.visit.entries[-1].recorded_at


@dataclass(frozen=True, slots=True)
class ReadFolder:
    """What a folder held: reports, packages for the post, and what could not be read."""

    reports: tuple[ReadReport, ...] = ()
    packages: tuple[Path, ...] = ()
    refused: tuple[Unread, ...] = ()
    known: tuple[str, ...] = ()
    stopped: bool = False


@contextmanager
def _nothing_here() -> Iterator[Callable[[str], bool]]:
    yield lambda _sha256: False


@dataclass(frozen=True, slots=True)
class FolderTask:
    """The files to read, and what to trust.

    ``known`` says of a report's SHA-256 whether it is here already; it is asked in a worker.
    ``numbers``: whether every number on the pages is compared with the data, which takes longest.
    """

    paths: tuple[Path, ...]
    trust_pem: bytes | None
    known: Callable[[], AbstractContextManager[Callable[[str], bool]]] = _nothing_here
    numbers: bool = True

    def work(
        self,
        told: Callable[[int, int], None] = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ReadFolder:
        """Reads and checks every file; may run in a worker.

        ``told`` hears how many files were read, and of how many; once ``cancelled`` says so, what
        was read until then is the answer.
        """
        with self.known() as is_here:
            return self._read(is_here, told, cancelled)

    def _read(
        self,
        is_here: Callable[[str], bool],
        told: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> ReadFolder:
        files, refused = files_of(self.paths, ENDINGS, cancelled)
        reports: list[ReadReport] = []
        known: list[str] = []
        packages = [path for path in files if path.suffix.lower() == PACKAGE]
        papers = [path for path in files if path.suffix.lower() != PACKAGE]
        seen: set[str] = set()
        for done, path in enumerate(papers):
            if cancelled():
                return ReadFolder(
                    tuple(reports), tuple(packages), tuple(refused), tuple(known), stopped=True
                )
            told(done, len(papers))
            try:
                content = content_of(path, LARGEST, TOO_LARGE)
                sha256 = hashlib.sha256(content).hexdigest()
                both = {sha256, as_nurse_signed(content)}
                if both & seen or any(map(is_here, both)):
                    known.append(shown(path))
                    continue
                reports.append(
                    read_report(shown(path), content, self.trust_pem, numbers=self.numbers)
                )
                seen.add(sha256)
            except (KetaChartError, OSError) as error:
                refused.append(Unread(shown(path), sentence(error)))
        told(len(papers), len(papers))
        return ReadFolder(tuple(reports), tuple(packages), tuple(refused), tuple(known))


def read_report(
    name: str, content: bytes, trust_pem: bytes | None, *, numbers: bool = True
) -> ReadReport:
    """Checks one report and folds the visit that travels in it.

    Args:
        name: the file's name.
        content: the file.
        trust_pem: whom to trust; None where that is not known.
        numbers: whether every number on the pages is compared with the data.

    Raises:
        CannotRead: it is no PDF, or no visit is attached to it that can be read.
    """
    from ketachart.report.verify import verify

    verdict = verify(content, trust_pem=trust_pem, numbers=numbers)
    visit = attached_visit(content)
    if verdict.good and verdict.signers[0].staff_id != signer_of(visit):
        verdict = replace(
            verdict,
            trusted=False,
            sentence=f"Do not rely on this file. {OTHER_SIGNER.sentence}",
            faults=(*verdict.faults, OTHER_SIGNER),
        )
    steady(visit)  # here, so that the window does not wait for it
    opened = visit.opened
    return ReadReport(
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        verdict=verdict,
        visit=visit,
        number=opened.visit if opened is not None else "",
        version=version_of(visit),
        stream=visit.entries[0].stream,
        paper=_paper(content),
    )


def _paper(content: bytes) -> "PaperName":
    """The paper that the report was laid out on, by the height of its first page."""
    from ketachart.report.opening import opened
    from ketachart.report.styles import PAPERS

    with opened(content) as document:
        _, height = document.get_page_size(0)
    names: tuple[PaperName, ...] = ("letter", "a4")
    return min(names, key=lambda name: abs(PAPERS[name].height - height))


def as_nurse_signed(content: bytes) -> str:
    """SHA-256 of the file up to the end of its first signature: the report before a second one."""
    from ketachart.report.verify_bytes import find_signatures

    sealed, _ = find_signatures(content)
    return hashlib.sha256(content[: sealed[0].end] if sealed else content).hexdigest()


def attached_visit(content: bytes) -> Visit:
    """The visit from the entries that are attached to a report.

    Raises:
        CannotRead: none is attached, or it cannot be read.
    """
    lines = attached(content).get("entries.jsonl")
    if lines is None:
        raise CannotRead(
            "No visit is attached to this PDF: KetaChart did not make it. Choose another file."
        )
    visit = fold(entries_of(rows_of(lines)))
    if not visit.entries or len({entry.stream for entry in visit.entries}) != 1:
        raise CannotRead(
            "What is attached to this PDF is not one visit; it was not taken in. Ask the sender "
            "for the report."
        )
    if not visit.entries[0].stream or visit.opened is None:
        raise CannotRead(
            "The visit that is attached to this PDF has no number of its own. Ask the sender for "
            "the report."
        )
    return visit


def attached(content: bytes) -> dict[str, bytes]:
    """The files in a PDF by their names; of two with one name neither is taken.

    Raises:
        CannotRead: it is no PDF.
    """
    from ketachart.report.opening import opened

    found: dict[str, bytes] = {}
    twice: set[str] = set()
    with opened(content) as document:
        for place in range(document.count_attachments()):
            one = document.get_attachment(place)
            name = one.get_name()
            if name in found:
                twice.add(name)
            found[name] = bytes(one.get_data())
    return {name: data for name, data in found.items() if name not in twice}

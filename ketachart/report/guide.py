"""The page that goes with the clinic's certificate: how to trust it in Acrobat Reader."""

import tomllib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from ketachart import __version__, resources
from ketachart.domain.wording import day
from ketachart.report import fonts
from ketachart.report.certificate import named
from ketachart.report.sheet import Place
from ketachart.report.sheets.large import BODY, GAP, LEAD, STRONG, Large
from ketachart.report.sheets.made import made
from ketachart.report.styles import PaperName, Style

_DIGITS = Style(15, "semibold")
_NUMBER = 22.0  # points: the column of the steps' numbers


@dataclass(frozen=True, slots=True)
class GuideWords:
    """The page's words, as they ship."""

    title: str
    about: str
    file: str
    compare_heading: str
    compare: str
    sha256: str
    sha1: str
    sha1_for: str
    steps_heading: str
    steps: list[str]
    limits: str


def groups(digest: bytes) -> tuple[str, ...]:
    """A fingerprint in groups of four, as it is read out on the phone, on two lines."""
    text = digest.hex().upper()
    fours = [text[at : at + 4] for at in range(0, len(text), 4)]
    half = -(-len(fours) // 2)
    return "  ".join(fours[:half]), "  ".join(fours[half:])


def guide_pdf(
    *, clinic: str, root: x509.Certificate, now: datetime, paper: PaperName, practice: bool
) -> bytes:
    """One page: compare the fingerprint, then five steps. The same bytes every time.

    Raises:
        CannotPrint: a letter of the clinic's name cannot be printed.
    """
    fonts.load()
    text = resources.path("trust.toml").read_text(encoding="utf-8")
    words = GuideWords(**tomllib.loads(text))
    until = day(root.not_valid_after_utc.astimezone(now.tzinfo).date())
    page = Large(paper, practice)
    page.title(words.title.format(clinic=clinic), "")
    page.paragraph(words.about, "about")
    page.heading(words.compare_heading)
    page.paragraph(words.compare, "how to compare")
    _fingerprint(page, words.sha256, "", root.fingerprint(hashes.SHA256()))
    _fingerprint(page, words.sha1, words.sha1_for, root.fingerprint(hashes.SHA1()))  # noqa: S303
    page.heading(words.steps_heading)
    authority = named(root.subject, NameOID.COMMON_NAME)
    for number, step in enumerate(words.steps, start=1):
        _step(page, number, step.format(file=words.file, authority=authority))
    page.y += GAP
    page.paragraph(words.limits.format(until=until), "limits")
    page.foot(f"{clinic} · printed {day(now.date())} · KetaChart {__version__}")
    return made(page.sheets, words.title.format(clinic=clinic), "en-US", now).content


def _fingerprint(page: Large, name: str, beside: str, digest: bytes) -> None:
    """The name of the digest and the digest, in large letters."""
    lines = groups(digest)
    page.need((len(lines) + 1) * 20 + 6)
    page.y += 6
    page.paragraph(f"{name}. {beside}".strip() if beside else name, "fingerprint")
    for line in lines:
        page.y += 20
        page.sheet.about = "fingerprint"
        page.sheet.write(page.sheet.paper.left, page.y, line, _DIGITS)


def _step(page: Large, number: int, text: str) -> None:
    paper = page.sheet.paper
    lines = page.lines(text, BODY, paper.inner - _NUMBER, "step")
    page.need(len(lines) * LEAD + 3)
    page.put(page.lines(f"{number}", STRONG, _NUMBER, "step"), Place(paper.left, page.y, 0))
    page.put(lines, Place(paper.left + _NUMBER, page.y, 0))
    page.y += len(lines) * LEAD + 3

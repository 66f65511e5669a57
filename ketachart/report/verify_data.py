"""The fifth look: the data inside the report, is it what was signed, and does it hang together?

The signature names the attached `report.json` by its hash and the record by its last hash;
`report.json` names the other two files by theirs. The record's own chain is worked out again from
its entries, so that an entry left out or altered before the signing is seen as well.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ketachart.domain.addenda import version_of
from ketachart.domain.folded.reading import broken_at, entries_of, rows_of
from ketachart.domain.visit import Visit, fold
from ketachart.errors import CannotRead, Fault
from ketachart.report.attach import ENTRIES, FORMAT, REPORT, VISIT
from ketachart.report.styles import PaperName

HEAD_KEY, DIGEST_KEY = "/KETA_Head", "/KETA_Digest"
"""In the nurse's signature: the record's last hash, and the SHA-256 of `report.json`."""

NAMES = (ENTRIES, REPORT, VISIT)
EARLIER = (ENTRIES, VISIT)
"""What reports held before they named their data; the signature says nothing of it."""

MOST = 64 * 1024 * 1024
"""Bytes of one attached file: a hundred times a long visit; more is made to fill the memory."""

MOST_ENTRIES = 20_000
"""Entries of one visit: thirty times as many as the longest has, and seconds to read."""

_TEXTS = ("program", "drawn_with", "visit", "number", "head")


@dataclass(frozen=True, slots=True)
class Attached:
    """What the report says it was made from; ``chart`` is the visit, folded from its entries.

    ``visit`` is the id of the visit's stream, ``number`` its number on paper, ``head`` the hash of
    its last entry, ``rendered_at`` the moment that the pages were drawn for.
    """

    visit: str
    number: str
    version: int
    head: str
    program: str
    drawn_with: str
    rendered_at: datetime
    paper: PaperName
    patient: str
    mrn: str
    entries: int
    chart: Visit = field(repr=False, compare=False)
    files: Mapping[str, bytes] = field(repr=False, compare=False)

    def as_json(self) -> dict[str, object]:
        """What it says, without the visit itself."""
        return {
            "visit": self.visit,
            "number": self.number,
            "version": self.version,
            "head": self.head,
            "program": self.program,
            "drawn_with": self.drawn_with,
            "rendered_at": self.rendered_at.isoformat(),
            "paper": self.paper,
            "patient": self.patient,
            "mrn": self.mrn,
            "entries": self.entries,
        }


@dataclass(frozen=True, slots=True)
class Data:
    """What was found inside; ``audit`` is None where there is no record to work out again."""

    report: Attached | None
    audit: bool | None
    faults: tuple[Fault, ...]


class _Wrong(Exception):
    """The data cannot be believed, and there is no use in looking further."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, f"Data: {sentence}")


NOTHING = Data(report=None, audit=None, faults=())


def files_in(root: Any) -> dict[str, bytes]:  # noqa: ANN401  (a PDF object)
    """The files attached to a document, by name; none where it has none.

    Raises:
        CannotRead: they are not attached the way KetaChart attaches them: each once, by one name,
            as data of the whole document.
    """
    odd = CannotRead(
        "Data: the attached files are not attached the way KetaChart does it. Do not trust them."
    )
    if "/Names" not in root and "/AF" not in root:
        return {}
    tree = root["/Names"]
    if set(tree) != {"/EmbeddedFiles"} or set(tree["/EmbeddedFiles"]) != {"/Names"}:
        raise odd
    listed = tree["/EmbeddedFiles"]["/Names"]
    if len(listed) > 2 * len(NAMES):
        raise odd  # before any is unpacked
    names = [str(listed[place]) for place in range(0, len(listed), 2)]
    specs = [listed.raw_get(place) for place in range(1, len(listed), 2)]
    associated = [root["/AF"].raw_get(place) for place in range(len(root["/AF"]))]
    if names != sorted(set(names)) or len(names) != len(specs) or specs != associated:
        raise odd
    found: dict[str, bytes] = {}
    for name, spec in zip(names, (one.get_object() for one in specs), strict=True):
        held = spec["/EF"]
        if spec["/F"] != name or spec["/UF"] != name or held.raw_get("/F") != held.raw_get("/UF"):
            raise odd
        found[name] = _content(held["/F"])
    return found


def _content(stream: Any) -> bytes:  # noqa: ANN401  (a PDF object)
    """The bytes of an attached file, and no more of them than may be."""
    packed = bytes(stream.encoded_data)
    kind = stream.get("/Filter")
    if kind is None:
        return packed
    if kind not in ("/FlateDecode", ["/FlateDecode"]) or "/DecodeParms" in stream:
        raise CannotRead(
            "Data: an attached file is packed in a way that KetaChart does not use. Do not "
            "trust it."
        )
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, MOST)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise CannotRead("Data: an attached file is damaged, or far too large. Do not trust it.")
    return content


def seal_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """What the signature says of the attached data; empty where there is none."""
    if REPORT not in files:
        return {}
    told = _report(files[REPORT])
    return {HEAD_KEY: told["head"], DIGEST_KEY: hashlib.sha256(files[REPORT]).hexdigest()}


def read_data(root: Any, sealed: Mapping[str, str]) -> Data:  # noqa: ANN401  (a PDF object)
    """Check the data of a document against what its first signature says of it.

    ``sealed`` holds the two values of ``seal_of`` as they stand in that signature.
    """
    try:
        files = files_in(root)
    except CannotRead as error:
        return Data(report=None, audit=None, faults=(Fault("ATTACHMENTS", str(error)),))
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, zlib.error):
        fault = Fault("ATTACHMENTS", "Data: the attached files cannot be read.")
        return Data(report=None, audit=None, faults=(fault,))
    if not files and not sealed:
        return NOTHING
    audit: bool | None = None
    try:
        if tuple(files) == EARLIER and not sealed:
            return _earlier(files)
        told = _named(files, sealed)
        rows = rows_of(files[ENTRIES])
        audit = False
        _whole(rows, told)
        audit = True
        return Data(_attached(told, rows, files), audit, ())
    except _Wrong as wrong:
        return Data(report=None, audit=audit, faults=(wrong.fault,))
    except CannotRead as error:
        fault = Fault("DATA_UNREADABLE", f"Data: {error}")
        return Data(report=None, audit=audit, faults=(fault,))


def _earlier(files: Mapping[str, bytes]) -> Data:
    """A report from before `report.json`: it was signed with the moment of its last entry."""
    rows = rows_of(files[ENTRIES])
    if not rows or broken_at(rows) is not None:
        # entries travelled in today's words then, so that a hash need not fit
        return NOTHING
    chart = fold(entries_of(rows))
    told = {
        "program": "an earlier KetaChart",
        "drawn_with": "",
        "head": chart.head,
        "rendered_at": rows[-1]["recorded_at"],
        "paper": "letter",
        **dict(_said_of(chart)),
    }
    return Data(_attached(told, rows, files), audit=True, faults=())


def _named(files: Mapping[str, bytes], sealed: Mapping[str, str]) -> dict[str, Any]:
    """`report.json`, once every file is the one that is signed for."""
    if tuple(files) != NAMES:
        raise _Wrong(
            "ATTACHMENTS",
            f"the attached files are {', '.join(files) or 'none'}; a report holds exactly "
            f"{', '.join(NAMES)}.",
        )
    if files[ENTRIES].count(b"\n") > MOST_ENTRIES:
        raise _Wrong("TOO_BIG", f"{ENTRIES} holds more entries than any visit has.")
    if sealed.get(DIGEST_KEY) != hashlib.sha256(files[REPORT]).hexdigest():
        raise _Wrong("DATA_DIGEST", f"the attached {REPORT} is not the one that was signed for.")
    told = _report(files[REPORT])
    for name in (ENTRIES, VISIT):
        if told["files"].get(name) != hashlib.sha256(files[name]).hexdigest():
            raise _Wrong("DATA_DIGEST", f"the attached {name} is not the one the report names.")
    if sealed.get(HEAD_KEY) != told["head"]:
        raise _Wrong("DATA_HEAD", "the signature was made for another record than is attached.")
    return told


def _report(content: bytes) -> dict[str, Any]:
    unreadable = _Wrong("DATA_UNREADABLE", f"the attached {REPORT} cannot be read.")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unreadable from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise unreadable
    if not all(isinstance(told.get(name), str) for name in (*_TEXTS, "rendered_at")):
        raise unreadable
    if type(told.get("version")) is not int or told.get("paper") not in ("letter", "a4"):
        raise unreadable
    if not isinstance(told.get("files"), dict):
        raise unreadable
    return told


def _whole(rows: tuple[dict[str, Any], ...], told: Mapping[str, Any]) -> None:
    """The record's chain, worked out again up to the hash that was signed."""
    broken = broken_at(rows)
    if broken is not None:
        raise _Wrong(
            "AUDIT_CHAIN", f"entry {broken} of the attached record is not as it was written."
        )
    if (rows[-1]["chain"] if rows else "") != told["head"]:
        raise _Wrong(
            "DATA_HEAD",
            "the attached record does not end where the signature says; entries were taken from "
            "its end or added to it.",
        )


def _attached(
    told: Mapping[str, Any], rows: tuple[dict[str, Any], ...], files: Mapping[str, bytes]
) -> Attached:
    chart = fold(entries_of(rows))
    for what, stands in _said_of(chart):
        if told[what] != stands:
            raise _Wrong(
                "DATA_OTHER", f"{REPORT} says {what} {told[what]}, the attached record {stands}."
            )
    return Attached(
        **{name: told[name] for name in ("visit", "number", "version", "head", "program")},
        drawn_with=told["drawn_with"],
        rendered_at=_moment(told["rendered_at"]),
        paper=_paper(told["paper"]),
        patient=chart.patient.listed_name if chart.patient else "",
        mrn=chart.patient.mrn if chart.patient else "",
        entries=len(rows),
        chart=chart,
        files=files,
    )


def _said_of(chart: Visit) -> Iterator[tuple[str, object]]:
    yield "visit", chart.entries[0].stream if chart.entries else ""
    yield "number", chart.opened.visit if chart.opened else ""
    yield "version", version_of(chart)


def _moment(text: str) -> datetime:
    unreadable = _Wrong("DATA_UNREADABLE", f"{REPORT} does not say when the pages were drawn.")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise unreadable from error
    if moment.tzinfo is None:
        raise unreadable
    return moment


def _paper(text: str) -> Literal["letter", "a4"]:
    return "a4" if text == "a4" else "letter"

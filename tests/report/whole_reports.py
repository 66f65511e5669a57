"""A small visit with its chain, its report, and reports that the holder of the key made to lie."""

import json
from datetime import timedelta
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from ketachart.domain import facts as f
from ketachart.domain.chain import GENESIS
from ketachart.domain.folded.reading import chain_of_row, entries_of
from ketachart.domain.folded.rows import entry_rows
from ketachart.domain.visit import fold
from ketachart.report import pdf, signing
from ketachart.report.attach import attachments
from tests.helpers.story import NOON, Story
from tests.report.signed_reports import SIGNED_AT, nurse

STREAM = "visit-7"
LATER = NOON + timedelta(hours=3)


def chained(visit):
    """The same visit with every hash worked out anew, as its own ledger would have it."""
    previous, rows = GENESIS, []
    for row in entry_rows(visit):
        row["stream"] = STREAM
        previous = chain_of_row(row, previous)
        rows.append({**row, "chain": previous})
    return fold(entries_of(rows))


def told(**vitals):
    """A visit from the order to the vitals, never signed; ``vitals`` change the last reading."""
    story = Story()
    story.tell(f.VisitOpened(at=NOON, visit="261122-01"))
    story.patient().order().weight("70").vial().bag("3.5", "50").start_pump(5, "50")
    reading = {"systolic": 118, "diastolic": 76, "heart_rate": 74, "spo2": 98, **vitals}
    story.tell(f.VitalsTaken(at=story.at(20), **reading))
    story.stop(65, "50")
    return chained(story.visit())


@cache
def visit():
    return told()


@cache
def printed():
    """The honest report, not signed."""
    return pdf.render(visit(), now=LATER).content


@cache
def signed():
    """The honest report, as its nurse signed it."""
    return signing.sign(printed(), nurse(), at=SIGNED_AT, reason="I charted it", place="Home")


def by_hand(content):
    """Signed by the nurse's key, with a program that checks nothing."""
    says = signing._Statement(SIGNED_AT, "I charted it", "Home")
    return signing._embedded(content, nurse(), signing.NURSE, says)


def edited(change, content=None):
    """The unsigned report after someone laid hands on its objects."""
    out = BytesIO()
    with pikepdf.open(BytesIO(printed() if content is None else content)) as opened:
        change(opened)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def with_files(changed, content=None):
    """The report with other bytes in the attached files of those names."""

    def change(opened):
        listed = opened.Root.Names.EmbeddedFiles.Names
        for place in range(0, len(listed), 2):
            if str(listed[place]) in changed:
                listed[place + 1].EF.F.write(changed[str(listed[place])])

    return edited(change, content)


@cache
def honest():
    """The files of the honest report, by name."""
    return {file.name: file.content for file in attachments(visit(), now=LATER)}


def lying(pages, data):
    """A report whose pages are of one visit and whose files of another."""
    files = attachments(data, now=LATER)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "attachments", lambda *_, **__: files)
        return pdf.render(pages, now=LATER).content


@cache
def older():
    """The honest report, as another version of the program would have made it."""
    return with_files({"report.json": retold(program="KetaChart 0.0.9")})


def retold(**change):
    """A report.json that says something else."""
    return json.dumps({**json.loads(honest()["report.json"]), **change}).encode()

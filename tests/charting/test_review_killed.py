"""A verdict, or a package that is taken in, killed at each step: kept whole, or not at all."""

import json
import pickle
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ketachart import charting
from ketachart.charting.post_items import ReadItem
from ketachart.charting.post_reading import ReadPackage
from ketachart.charting.received import Received
from ketachart.charting.report_reading import read_report
from ketachart.clock import SetClock
from ketachart.domain.facts.post import QuestionAsked, ReportTaken, VerdictGiven
from tests.charting.test_room import PASSPHRASE
from tests.helpers.reviewing import LATER, clinic_in, made, read

ROOT = Path(__file__).parents[2]
STEPS = (
    "before the act",
    "after an entry",
    "after the paper",
    "before the commit",
    "after the commit",
)
ACTS = ("a verdict", "a package")

KILLS = """
import json, os, pickle, shutil, signal, sys
from pathlib import Path
from tests.charting import test_review_killed as t
from tests.charting import test_signing_killed as signing

def killed(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

base, out = Path(sys.argv[1]), Path(sys.argv[2])
brought = pickle.loads((base.parent / "brought").read_bytes())
ended = {}
for act in t.ACTS:
    for step in t.STEPS:
        folder = out / f"{act}, {step}"
        shutil.copytree(base, folder)
        child = os.fork()
        if not child:
            office, stream = t.opened(folder)
            signing.break_at(step, killed, office, setattr_named=signing.put)
            t.does(act, office, brought)
            os._exit(7)
        ended[folder.name] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(json.dumps(ended))
"""


def opened(folder):
    """The clinic's ledger, and the visit of whose report it has the first version."""
    office = charting.unlock(folder, "sp", PASSPHRASE, SetClock(LATER + timedelta(minutes=1)))
    desk = office.supervision
    (stream,) = desk._received.posts()
    return office, stream


def brought(office, stream):
    """What a worker made: a verdict to be kept, and a package with a report and a question."""
    desk = office.supervision
    reviewed = desk.deciding(stream, "reviewed").work(PASSPHRASE)
    report = read_report("second.pdf", made().second, desk.trust_file, numbers=False)
    asked = QuestionAsked(
        at=LATER, item="q", report=1, sha256=report.sha256, words="Why?", by="Ann Lee, MD",
        staff_id="al", asked_at=LATER,
    )  # fmt: skip
    package = ReadPackage(
        id="p1", made_at=LATER, by="Julia Alvarez, RN", ledger="laptop-1", sender=None,
        items=(
            ReadItem(id=report.sha256, kind="report", report=report, stream=stream),
            ReadItem(id="q", kind="question", fact=asked, stream=stream),
        ),
    )  # fmt: skip
    return {"a verdict": reviewed, "a package": package}


def does(act, office, things):
    """The act itself: what it answers."""
    if act == "a verdict":
        return office.supervision.finish(things[act])
    return office.post.keep(things[act])


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """The ledger before, and after each kill: how each process ended, and what it left."""
    folder = tmp_path_factory.mktemp("review-killed")
    office = clinic_in(folder / "base", SetClock(LATER))
    office.supervision.keep_report(read(made().first))
    things = brought(office, made().stream)
    office.close()
    (folder / "brought").write_bytes(pickle.dumps(things))
    out = folder / "out"
    out.mkdir()
    went = subprocess.run(
        [sys.executable, "-c", KILLS, str(folder / "base"), str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert went.returncode == 0, went.stderr
    return json.loads(went.stdout), out, things


def facts_and_papers(office, stream):
    post = Received(office._ledger, office.time, office._letters, "sp").post(stream)
    papers = {paper.sha256 for paper in office._ledger.documents(f"post:{stream}")}
    named = {fact.sha256 for fact in post.facts(ReportTaken)}
    named |= {fact.countersigned for fact in post.facts(VerdictGiven)}
    return post, papers, named


@pytest.mark.parametrize("act", ACTS)
def test_a_kill_leaves_all_of_an_act_or_none_and_it_can_be_done_again(killed, act):
    ended, out, things = killed
    for step in STEPS:
        folder = out / f"{act}, {step}"
        assert ended[folder.name] == -signal.SIGKILL, step
        office, stream = opened(folder)
        try:
            assert office.verify() == (), step
            post, papers, named = facts_and_papers(office, stream)
            assert papers == named, step
            through = step == "after the commit"
            kind = VerdictGiven if act == "a verdict" else ReportTaken
            assert len(post.of(kind)) == through + (kind is ReportTaken), step
            # ... (the second act of the package, its question, was not begun)
            assert post.of(QuestionAsked) == (), step
            does(act, office, things)
            post, papers, named = facts_and_papers(office, stream)
            assert papers == named, step
            assert len(post.of(kind)) == 1 + (kind is ReportTaken), step
            assert len(post.of(QuestionAsked)) == (act == "a package"), step
            assert office.verify() == (), step
        finally:
            office.close()

"""What holds for every test of the window: a known look, and no question without an answer."""

import pytest

from ketachart.charting.previewing import PreviewTask
from ketachart.report import pdf, preview
from tests.helpers.judged import judged_once
from ui import theme
from ui.dialogs import Dialogs

DRAWN_KEPT = 6  # reports, some 15 MB each


@pytest.fixture(autouse=True)
def dim(qapp):
    """Every test begins in the dim theme at 100 %, whatever the one before did."""
    if not theme._worn or theme.look() != theme.look_of("dim", 1.0):
        theme.apply(qapp, "dim", 1.0)


@pytest.fixture(scope="session", autouse=True)
def drawn_once():
    """The report of the same record at the same moment is the same picture: it is drawn once."""
    work, made = PreviewTask.work, {}

    def drawn(task, width, first=None):
        visit = task.visit
        key = (visit.head, len(visit.entries), task.at, task.signed, width)
        key += (pdf.render, preview.pages)  # a test may put others in their place
        pages = made.get(key) if visit.head else None
        if pages is None:
            pages = made[key] = work(task, width, first)
            while len(made) > DRAWN_KEPT:
                made.pop(next(iter(made)), None)
        return pages

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PreviewTask, "work", drawn)
        yield


@pytest.fixture(scope="module", autouse=True)
def once():
    """One signed file goes through many hands: what it holds is read once."""
    with judged_once():
        yield


class Scripted:
    """Answers the questions of ``ui.dialogs``, in order, and remembers what was asked."""

    def __init__(self):
        self.asked = []
        self._answers = {}

    def will(self, question, *answers):
        """Answer ``ask_reason``, ``ask_passphrase``, ``confirm``, ``ask_folder``…, in turn."""
        assert hasattr(Dialogs, question)
        self._answers.setdefault(question, []).extend(answers)

    def answer(self, question, title):
        """Called in place of the dialog."""
        self.asked.append((question, title))
        if not self._answers.get(question):
            pytest.fail(f"a dialog was opened that nobody answers: {question}, {title}")
        return self._answers[question].pop(0)


@pytest.fixture(autouse=True)
def scripted(request, monkeypatch):
    """Dialogs never open in a test; ``@pytest.mark.usefixtures("real_dialogs")`` lets them."""
    script = Scripted()
    if "real_dialogs" in request.fixturenames:
        return script
    asked = ("ask_reason", "ask_passphrase", "confirm", "ask_save_path", "ask_folder", "ask_files")
    for question in asked:

        def stand_in(_parent, title, *_rest, _question=question, **_named):
            return script.answer(_question, title)

        monkeypatch.setattr(Dialogs, question, staticmethod(stand_in))
    return script


@pytest.fixture
def real_dialogs():
    """The dialogs themselves are under test."""

"""The real window of a laptop or of the clinic, with the other's packages as plain files."""

import atexit
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain.facts.post import VisitPlanned
from tests.charting.test_room import PASSPHRASE
from tests.helpers.qt import all_of, press, rest, type_text, wait_until_active
from tests.helpers.story import NOON, Story
from tests.helpers.two_ledgers import found_clinic, granted, joined, packed, signed_visit
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.words import Words

QUESTION = "Was the pulse really 28?"
PINNED = "12:00 Vitals: pulse 28/min"


@dataclass
class World:
    """A clinic and a laptop with a signed visit, each as it stood at some moments, locked."""

    folder: Path
    stream: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, Path] = field(default_factory=dict)

    def keep(self, name, office):
        """A copy of a ledger as it stands now."""
        self.places[name] = shutil.copytree(office.folder, self.folder / name)

    def file(self, name, folder):
        """A package as a file on a stick."""
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.keta"
        path.write_bytes(self.files[name])
        return path


@cache
def world():
    """Signed, packed, received, asked twice: made once, every step as a file."""
    made = World(Path(mkdtemp(prefix="post-")))
    atexit.register(shutil.rmtree, made.folder, ignore_errors=True)
    clinic = found_clinic(made.folder / "clinic-live")
    laptop = joined(made.folder / "laptop-live", clinic.post.card().work(PASSPHRASE).content)
    packed(laptop, note=False)  # its key for packages is made when it is first asked for
    made.keep("joined", laptop)  # without a certificate
    made.keep("clinic-new", clinic)
    made.files |= granted(clinic, laptop)
    made.stream = signed_visit(laptop).stream
    made.keep("laptop", laptop)
    made.keep("clinic", clinic)
    made.files["report"] = packed(laptop, note=False)
    clinic.post.take(made.files["report"])
    made.files["receipt"] = packed(clinic)
    entry = laptop.open_visit(made.stream).visit.entries[-3].id
    clinic.supervision.ask(made.stream, QUESTION, entry=entry, row=PINNED)
    clinic.supervision.ask(made.stream, "Who stayed the night?")
    made.files["questions"] = packed(clinic)
    laptop.close()
    clinic.close()
    return made


def desk_of(folder, name, staff_id, *, later=timedelta(hours=1)):
    """A desk on a copy of one of the world's ledgers, unlocked."""
    place = shutil.copytree(world().places[name], folder / name)
    clock = SetClock(NOON + later)
    desk = Desk(place, clock)
    desk._open_office(charting.unlock(place, staff_id, PASSPHRASE, clock))
    return desk


def plan():
    """A visit of tomorrow, as the clinic asks for it."""
    visit = Story().patient(mrn="005117", family_name="Ortega").order().visit()
    return VisitPlanned(
        at=NOON, item="p1", day=(NOON + timedelta(days=1)).date(), patient=visit.patient,
        order=visit.order, staff_id="ja", note="Gate code changed", by="Sue Perry, MD",
    )  # fmt: skip


def planned(desk, asked):
    """The clinic plans it, and the package comes to the laptop."""
    folder = Path(mkdtemp(prefix="plan-"))
    place = shutil.copytree(world().places["clinic"], folder / "clinic")
    clinic = charting.unlock(place, "sp", PASSPHRASE, SetClock(NOON + timedelta(minutes=30)))
    clinic.post.plan(asked)
    content = packed(clinic)
    clinic.close()
    shutil.rmtree(folder)
    desk.mail(lambda post: post.take(content))


class PostWindow:
    """The window on a copy of one of the world's ledgers."""

    def __init__(self, folder, name, staff_id, *, later=timedelta(hours=1), size=(1366, 768)):
        self.world = world()
        self.desk = desk_of(folder, name, staff_id, later=later)
        self.window = MainWindow(self.desk, unlock=Screen(self.desk))
        self.window.resize(*size)
        self.window.show()
        wait_until_active(self.window)

    def show(self, name):
        """A screen, with all it begins."""
        screen = self.window.show_screen(name)
        self.rest()
        return screen

    @property
    def screen(self):
        """What is seen."""
        return self.window.screen_shown

    def rest(self):
        """Until the workers are done and what they answered is shown."""
        rest(self.desk)

    def act(self, *names):
        for name in names:
            assert self.window.act(name), name
            self.rest()

    def press(self, *keys):
        press(*keys)
        self.rest()

    def say(self, text):
        type_text(text)
        self.rest()

    def drop(self, *paths):
        """Files dropped on the screen, as with a pointer."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        self.screen.dropEvent(event)
        self.rest()

    def take(self, name):
        """Takes one of the world's packages in, without the screen."""
        self.desk.mail(lambda desk: desk.take(self.world.files[name]))

    def words(self, root=None):
        return "\n".join(w.text() for w in all_of(root or self.window, Words))

    def close(self):
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()

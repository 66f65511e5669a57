"""The pictures: nothing of the window without one, each name once, a changed tile is found."""

import importlib
import pkgutil
from inspect import isclass

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

import ui
from tests import shot_accepted as accepted
from tests.shot_page import page, summary
from tests.shot_stage import scenes
from ui.app import MORE_SCREENS
from ui.forms.registry import SHEETS
from ui.screens.atlas import _MAKERS

# Without a picture: the system's own dialogs, and what is still to be staged. Nothing is added.
WITHOUT = {
    "ui.forms.change_row.ChangeRow",
    "ui.forms.order.correct.OrderCorrection",
    "ui.forms.planned.Planned",
    "ui.practice.bar.PracticeBar",
    "ui.practice.debrief.DebriefScreen",
    "ui.practice.panel.DrillPanel",
    "ui.practice.window.PracticeWindow",
    "ui.save_dialog.FilesDialog",
    "ui.save_dialog.FolderDialog",
    "ui.save_dialog.SaveDialog",
    "ui.screens.people.others.IssueSheet",
    "ui.screens.protocol.side.ReadSheet",
    "ui.screens.protocol.unsaved.Unsaved",
    "ui.screens.protocol.unsaved._Rows",
    "ui.screens.screening_rows._Note",
    "ui.screens.supervision.intake.IntakeNote",
    "ui.screens.supervision.unsent.Unsent",
    "ui.screens.supervision.unsent._Typed",
    "ui.veil.digits.Digits",
}
SEEN = "look at build/shots/index.html after `python3 dev.py shots WORD`, then `--accept WORD`"


@pytest.fixture(scope="module")
def seen():
    """The names of all that is in a picture that was accepted."""
    files = [accepted.ACCEPTED / f"{scene.name}.tiles" for scene in scenes()]
    return set().union(*(accepted.seen_in(file) for file in files))


def test_every_scene_has_a_name_of_its_own():
    names = [scene.name for scene in scenes()]
    assert sorted(names) == sorted(set(names))
    assert len(names) > 200


def test_every_screen_and_every_sheet_is_in_a_picture(seen):
    screens = {f"screen {name}" for name in (*_MAKERS, *MORE_SCREENS, "unlock")}
    sheets = {f"sheet {name}" for name in SHEETS}
    assert sorted((screens | sheets) - seen) == [], SEEN


def _own_widgets():
    """Every kind of widget that the program defines, by the name of its module and its own."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if module.name.startswith(("ui.__main__", "ui.gallery", "ui.demo")):
            continue
        for kind in vars(importlib.import_module(module.name)).values():
            if isclass(kind) and issubclass(kind, QWidget) and kind.__module__ == module.name:
                yield kind


def test_every_kind_of_widget_is_in_a_picture(seen):
    kinds = set(_own_widgets())
    bases = {base for kind in kinds for base in kind.__mro__[1:]}
    names = {f"{kind.__module__}.{kind.__name__}" for kind in kinds - bases}
    assert sorted(names - seen - WITHOUT) == [], SEEN


@pytest.mark.usefixtures("qapp")
def test_a_changed_tile_is_found_counted_and_framed(tmp_path):
    before = QImage(100, 70, QImage.Format.Format_RGB32)
    before.fill(0)
    after = before.copy()
    painter = QPainter(after)
    painter.fillRect(QRect(40, 40, 4, 4), 0xFFFFFF)
    painter.end()
    first, then = accepted.tiles_of(before), accepted.tiles_of(after)
    assert accepted.changed(first, then) == [5]
    marked = accepted.mark(after, [5])
    assert marked.pixelColor(32, 40).name() == "#ff40ff"
    accepted.write(tmp_path / "s.tiles", {"dim": (100, 70, first)}, seen={"screen day"})
    assert accepted.read(tmp_path / "s.tiles") == {"dim": (100, 70, first)}
    assert accepted.seen_in(tmp_path / "s.tiles") == {"screen day"}


def test_the_page_puts_what_is_cut_or_changed_first():
    def scene(name, **how):
        told = {"file": f"{name}.png", "theme": "dim", "scale": 100, "size": "1366x768"}
        told |= {"language": "en", "changed": 0, "new": False, "cut": [], **how}
        return {"name": name, "room": "r", "pictures": [told], "failed": "", "seconds": 1}

    told = [scene("same"), scene("changed", changed=3, marked="m.png"), scene("cut", cut=["<b>"])]
    assert summary(told).endswith("1 cut, 0 faint, 1 changed, 0 new, 1 same; 0 scenes failed")
    made = page(told)
    places = [made.index(f"<section id='{name}'") for name in ("cut", "changed", "same")]
    assert places == sorted(places)
    assert "&lt;b&gt;" in made

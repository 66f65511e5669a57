"""What is typed and not recorded survives a lock, a crash, a closed visit; nothing is charted."""

import json

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.helpers.typing import type_everywhere
from tests.helpers.window import desk_at
from ui.forms.registry import SHEETS
from ui.screens.stock.side import SHEETS as STOCK
from ui.widgets.keeping import kept_in, put_back
from ui.widgets.picker import Picker

# Sheets in which nothing is typed or chosen.
NOTHING_TYPED = {"add", "drafts"}


def kept_of(form):
    """As it lies on the disk."""
    inside, fields = form.kept_inside(), kept_in(form.form_root())
    return json.loads(json.dumps({"inside": inside, "fields": fields}))


def strings(kept):
    """Every text in it."""
    if isinstance(kept, dict):
        kept = list(kept.values())
    if isinstance(kept, list):
        return {text for each in kept for text in strings(each)}
    return {kept}


def restored(form, kept):
    form.take_back_inside(kept["inside"])
    lost = put_back(form.form_root(), kept["fields"])
    form.taken_back()
    return lost


@pytest.fixture(scope="module")
def running(tmp_path_factory, qapp):  # noqa: ARG001 - a look has to stand first
    desk = desk_at(tmp_path_factory.mktemp("drafts") / "ledger", "quiet_hour", until="vitals-taken")
    yield desk
    desk.close()


@pytest.mark.parametrize("name", [*SHEETS, *(f"stock/{one}" for one in STOCK)])
def test_every_sheet_comes_back_as_it_was_typed(running, qtbot, name):
    make = STOCK[name[6:]] if name.startswith("stock/") else SHEETS[name]

    def made():
        sheet = make(running)
        qtbot.addWidget(sheet)
        sheet.show_visit(running.visit)
        return sheet

    typed, fresh = made(), made()
    type_everywhere(typed.body)
    kept = kept_of(typed)
    searched = {one.field.editor() for one in typed.body.findChildren(Picker)}  # the code is kept
    for line in {*typed.body.findChildren(QLineEdit)} - searched:
        shown = line.echoMode() == QLineEdit.EchoMode.Normal
        assert (line.text() in strings(kept["fields"])) is shown, line.accessibleName()
    empty = kept_of(fresh)
    assert (kept["fields"] != empty["fields"]) is (name not in NOTHING_TYPED)
    assert restored(fresh, kept) == ()
    assert kept_of(fresh) == kept

"""Every public widget of the kit stands in the gallery; the rest of it is whole and not cut."""

import importlib
import pkgutil
from inspect import isclass

import pytest
from PySide6.QtWidgets import QWidget

import ui.widgets
from tests.helpers.measuring import cut
from tests.helpers.qt import laid_out, reachable, spoken_name
from ui import theme
from ui.gallery import WIDTH, Gallery, Rest

# What is drawn from a whole visit or a signed report is in the pictures of its screens.
FROM_A_VISIT = {"Canvas", "GridTable", "InTurn", "Leaf", "PinnedPages", "Plot", "TimelinePlot"}


@pytest.fixture(scope="module")
def rest(qapp):
    theme.apply(qapp, "dim", 1.0)
    made = laid_out(Rest(), WIDTH)
    yield made
    made.close()
    made.deleteLater()


def _public():
    for module in pkgutil.iter_modules(ui.widgets.__path__, "ui.widgets."):
        for kind in vars(importlib.import_module(module.name)).values():
            own = isclass(kind) and issubclass(kind, QWidget) and kind.__module__ == module.name
            if own and not kind.__name__.startswith("_"):
                yield kind


def test_every_public_widget_stands_in_the_gallery(qtbot, rest):
    whole = Gallery()
    qtbot.addWidget(whole)
    shown = [w for root in (whole, rest) for w in (root, *root.findChildren(QWidget))]
    missing = {kind.__name__ for kind in _public() if not any(isinstance(w, kind) for w in shown)}
    assert missing - FROM_A_VISIT == set()


def test_nothing_of_the_rest_is_cut_and_each_stop_has_a_name(rest):
    assert cut(rest) == []
    assert [w for w in reachable(rest) if not spoken_name(w)] == []

"""The gallery in every theme and at every text size: dark enough, and nothing cut."""

import pytest
from PySide6.QtGui import QImage

from tests.helpers.qt import cut_off, laid_out, luminances
from ui import gallery, theme, tokens
from ui.gallery import WIDTH, Gallery


@pytest.mark.parametrize("scale", [tokens.SCALES[0], tokens.SCALES[-1]])
def test_nothing_is_cut_at_any_text_size(qapp, qtbot, scale):
    theme.apply(qapp, "dim", scale)
    made = Gallery()
    qtbot.addWidget(made)
    laid_out(made, WIDTH)
    assert made.width() == WIDTH
    assert cut_off(made) == []


def test_a_text_size_changed_while_shown_ends_as_if_it_had_begun_so(qapp, qtbot):
    theme.apply(qapp, "light", 2.0)
    fresh, changed = Gallery(), Gallery()
    qtbot.addWidget(fresh)
    qtbot.addWidget(changed)
    theme.apply(qapp, "dim", 1.0)
    laid_out(changed, WIDTH)
    theme.apply(qapp, "light", 2.0)
    laid_out(fresh, WIDTH)
    laid_out(changed, WIDTH)
    assert cut_off(changed) == []
    assert changed.size() == fresh.size()


def test_the_dim_themes_are_dim_and_light_is_more_than_twenty_times_brighter(tmp_path):
    mean, brightest = {}, {}
    for name in tokens.THEMES:
        gallery.render(tmp_path / f"{name}.png", name, 1.0)
        mean[name], brightest[name] = luminances(QImage(str(tmp_path / f"{name}.png")))
    assert max(mean["dim"], mean["dim-green"]) <= 0.03
    assert max(brightest["dim"], brightest["dim-green"]) <= 0.60
    assert mean["light"] > 20 * mean["dim"]

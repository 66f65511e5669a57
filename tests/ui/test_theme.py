"""One look at a time, changed while it is shown; still, dim, and never the system's own white."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.helpers.qt import colours, show
from ui import fonts, icons, theme, tokens
from ui.widgets.buttons import Button
from ui.widgets.mark import Mark
from ui.widgets.words import Words


def test_a_theme_is_changed_while_it_is_shown(qapp, qtbot):
    line = show(qtbot, QLineEdit())
    assert tokens.DIM.field in colours(line.grab().toImage())
    theme.apply(qapp, "light", 1.0)
    assert tokens.LIGHT.field in colours(line.grab().toImage())
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == tokens.LIGHT.bg
    theme.apply(qapp, "dim-green", 1.0)
    assert tokens.DIM_GREEN.field in colours(line.grab().toImage())


class Polished(QLineEdit):
    """Counts how often it was given its look."""

    times = 0

    def event(self, event):
        self.times += event.type() is QEvent.Type.StyleChange
        return super().event(event)


def test_what_is_worn_already_is_not_put_on_again(qapp, qtbot):
    line = show(qtbot, Polished())
    theme.apply(qapp, "light", 1.0)
    once = line.times
    assert once > 0
    assert theme.apply(qapp, "light", 1.0) is theme.look()
    assert line.times == once
    late = QLineEdit()
    qtbot.addWidget(late)
    late.show()  # a window that came without a sheet is given it all the same
    theme.apply(qapp, "light", 1.0)
    assert late.styleSheet() == line.styleSheet() != ""
    theme.apply(qapp, "dim", 1.0)
    assert line.times > once


@pytest.mark.parametrize("scale", tokens.SCALES)
def test_the_text_size_scales_fields_words_signs_and_targets(qapp, qtbot, scale):
    line, words, sign = QLineEdit(), Words("Given", size="value"), Mark("lock")
    button = Button("Pause")
    for widget in (line, words, sign, button):
        qtbot.addWidget(widget)
        theme.clothe(widget)
        widget.ensurePolished()
    theme.apply(qapp, "dim", scale)
    assert line.sizeHint().height() == round(48 * scale)
    assert words.font().pixelSize() == round(24 * scale)
    assert sign.width() == round(20 * scale)
    assert button.sizeHint().height() == round(44 * scale)


def test_nothing_blinks_or_moves(qapp):
    assert qapp.cursorFlashTime() == 0
    moving = (Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeTooltip)
    for effect in moving:
        QApplication.setEffectEnabled(effect)
    assert QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    theme.settle(qapp)
    assert [effect for effect in moving if QApplication.isEffectEnabled(effect)] == []


def test_no_dialog_is_the_systems_own():
    assert QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def test_a_theme_that_does_not_exist_is_refused_and_nothing_changes(qapp):
    with pytest.raises(KeyError):
        theme.apply(qapp, "pitch-black", 1.0)
    assert theme.look().name == "dim"


def test_all_four_weights_of_the_typeface_are_known():
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(QFontDatabase.styles(fonts.FAMILY))


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_each_weight_is_drawn_with_its_own_cut(weight):
    drawn = QFontInfo(fonts.font(24, weight))
    assert (drawn.family(), drawn.weight()) == (fonts.FAMILY, weight)


def test_the_figures_are_all_of_one_width():
    letters = Words("0").fontMetrics()
    assert len({letters.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_a_sign_is_drawn_in_the_colour_of_its_token():
    drawn = icons.image("lock", tokens.DIM.danger, 64, 1.0)
    assert tokens.DIM.danger in colours(drawn)


def test_a_sign_is_drawn_at_the_screens_own_resolution():
    drawn = icons.image("lock", tokens.DIM.text, 20, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (40, 2.0)


def test_a_sign_that_is_not_shipped_is_named():
    with pytest.raises(FileNotFoundError, match="unicorn"):
        icons.image("unicorn", tokens.DIM.text, 20, 1.0)


def test_words_take_no_less_than_their_longest_word(qtbot):
    label = show(qtbot, Words("of ketamine 34.2 mg"))
    assert label.minimumSizeHint().width() >= label.fontMetrics().horizontalAdvance("ketamine")
    assert label.minimumSizeHint().width() < label.sizeHint().width()


def test_a_name_is_never_read_as_markup(qtbot):
    label = show(qtbot, Words("<b>Rivera</b>"))
    assert label.textFormat() is Qt.TextFormat.PlainText

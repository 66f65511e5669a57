"""Parts of sheets: rows of figures, choices that change, one of many, a scale with signs."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tests.helpers.qt import all_of, colours, cut_off, press, show, type_text
from ui import theme
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.cells import Cell, Cells
from ui.widgets.choices import Choice, Choices
from ui.widgets.offered import Offered
from ui.widgets.picker import Picker
from ui.widgets.signed_choices import SignedChoices
from ui.widgets.text_field import TextField

EFFECTS = (
    Choice("nausea", "Nausea"),
    Choice("dizziness", "Dizziness"),
    Choice("anxiety", "Anxiety, agitation"),
)
RASS = tuple(Choice(str(n), f"{n:+d}".replace("-", "−") if n else "0") for n in range(4, -6, -1))


def in_sight(widget):
    return [button.words() for button in all_of(widget, Button)]


def test_rows_of_figures_are_read_out_and_never_cut(qtbot):
    cells = Cells("What is known", grows=1)
    cells.show_rows(
        (
            (Cell("Blood pressure"), Cell("141/86", strong=True), Cell("3 min")),
            (Cell("Side effects"), Cell("mild dissociation, moderate nausea"), Cell("18 min, ask")),
        )
    )
    show(qtbot, cells, width=260)
    assert cells.accessibleDescription().startswith("Blood pressure 141/86 3 min. Side effects")
    assert (cells.width(), cut_off(cells)) == (260, [])


def test_what_is_offered_anew_keeps_what_was_chosen_while_it_is_there(qtbot):
    bags = show(qtbot, Offered("From", empty="No bag is on file."))
    assert bags.chosen() == ()
    bags.offer((Choice("B1", "Bag B1"), Choice("V1", "Vial V1")))
    bags.choose("V1")
    bags.offer((Choice("B1", "Bag B1"), Choice("B2", "Bag B2"), Choice("V1", "Vial V1")))
    assert bags.chosen() == ("V1",)
    bags.offer((Choice("B1", "Bag B1"),))
    assert bags.chosen() == ()


def test_a_few_letters_narrow_the_buttons_and_enter_takes_the_first(qtbot):
    column = Column()
    effect = Picker("Side effect", EFFECTS, label="Which", own_words="Charted in these words.")
    note = TextField("Note", label="Note")
    column.add(effect)
    column.add(note)
    show(qtbot, column, width=320, height=400)
    effect.setFocus()
    type_text("zi")
    assert in_sight(effect) == ["Dizziness"]
    press(Qt.Key.Key_Return)
    assert effect.value() == "dizziness"
    assert QApplication.focusWidget() is note.editor()


def test_what_is_picked_is_given_back_by_pressing_it_again(qtbot):
    effect = show(qtbot, Picker("Side effect", EFFECTS, label="Which", own_words="own"), width=320)
    heard = []
    effect.changed.connect(heard.append)
    next(b for b in all_of(effect, Button) if b.words() == "Nausea").click()
    assert (effect.value(), in_sight(effect)) == ("nausea", ["Nausea"])
    next(b for b in all_of(effect, Button) if b.words() == "Nausea").click()
    assert (effect.value(), len(in_sight(effect))) == ("", 3)
    assert heard == ["nausea", ""]


def test_what_is_offered_already_is_not_laid_out_again(qtbot, monkeypatch):
    effect = show(qtbot, Picker("Side effect", EFFECTS, label="Which", own_words="own"), width=320)
    effect.set_value("nausea")
    hidden, hide = [], Choices.hide
    monkeypatch.setattr(Choices, "hide", lambda one: hidden.append(one) or hide(one))
    effect.field.clear()
    effect.clear()  # as a sheet does that is emptied: its fields, then its pickers
    assert (len(hidden), len(in_sight(effect))) == (1, 3)


def test_a_long_list_waits_for_the_first_letter(qtbot):
    effect = Picker("Side effect", EFFECTS, label="Which", own_words="own")
    effect.wait_for_letters()
    show(qtbot, effect, width=320)
    assert in_sight(effect) == []
    effect.setFocus()
    type_text("n")
    assert in_sight(effect) == ["Nausea", "Dizziness", "Anxiety, agitation"]


def test_words_that_are_not_in_the_list_are_taken_and_it_is_said(qtbot):
    effect = show(qtbot, Picker("Side effect", EFFECTS, label="Which", own_words="Your words."))
    effect.setFocus()
    type_text("hiccups")
    assert (effect.value(), in_sight(effect)) == ("hiccups", [])
    assert effect.field.judgement().sentence == "Your words."
    effect.clear()
    assert (effect.value(), len(in_sight(effect))) == ("", 3)


def test_what_stands_on_a_button_of_a_scale_is_typed(qtbot):
    rass = show(qtbot, SignedChoices("RASS", RASS, common=("1", "0", "-1")))
    rass.setFocus()
    for typed, value in (("-1", "-1"), ("1", "1"), ("+1", "1"), ("0", "0"), ("-0", "0")):
        type_text(typed)
        assert rass.chosen() == (value,)


def test_a_rare_step_of_a_scale_can_be_typed_and_is_then_seen(qtbot):
    rass = show(qtbot, SignedChoices("RASS", RASS, common=("1", "0", "-1")))
    assert in_sight(rass) == ["+1", "0", "−1"]
    rass.setFocus()
    type_text("-5")
    assert (rass.chosen(), in_sight(rass)) == (("-5",), ["+1", "0", "−1", "−5"])
    type_text("-9")
    assert rass.chosen() == ("-5",)


def test_six_steps_of_sedation_stand_on_one_line_of_the_column(qtbot):
    rass = SignedChoices("RASS", RASS, common=("2", "1", "0", "-1", "-2", "-3"), columns=6)
    show(qtbot, rass, width=284)
    assert len({b.y() for b in all_of(rass, Button)}) == 1


def test_a_scroller_shows_the_card_that_it_stands_on(qtbot):
    card = Card("Sheet")
    card.add(Scroller("Fields", Column()), stretch=1)
    show(qtbot, card, width=200, height=200)
    middle = card.grab().toImage().copy(60, 60, 80, 80)
    assert colours(middle) == {theme.look().palette["surface"]}


def test_what_an_act_gives_the_focus_to_is_brought_into_sight(qtbot):
    fields = [TextField(f"Field {n}", label=f"Field {n}") for n in range(9)]
    column = Column()
    for field in fields:
        column.add(field)
    scroller = show(qtbot, Scroller("Fields", column), width=300, height=200)
    fields[8].setFocus()
    assert (
        scroller.viewport()
        .rect()
        .contains(fields[8].editor().mapTo(scroller.viewport(), QPoint(0, 0)))
    )


def test_reasons_keep_two_columns_and_take_a_second_line(qtbot):
    long = (Choice("a", "Pressure or pulse", key="1"), Choice("b", "Prescriber asks", key="2"))
    why = Choices("Why", long * 2, columns=2)
    why.wrap_words()
    show(qtbot, why, width=284)
    assert len({b.x() for b in all_of(why, Button)}) == 2
    assert cut_off(why) == []

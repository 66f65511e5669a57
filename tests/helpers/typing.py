"""Types and chooses something in every field of a form, by the means of the fields themselves."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit

from ui.forms.allergy_rows import AllergyRows
from ui.forms.day_field import DayField
from ui.forms.order.added_rows import AddedRows
from ui.forms.order.prn_rows import PrnRows
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.number_field import NumberField
from ui.widgets.time_field import TimeField

_LETTERS = ((TimeField, "-5"), (DayField, "2026-11-20"), (NumberField, "7"))


def type_everywhere(root):
    """What typing shows or makes is typed into as well."""
    for kind in (AddedRows, AllergyRows, PrnRows):
        for rows in root.findChildren(kind):
            rows.add_row()
    for place in range(3):
        for choices in root.findChildren(Choices):
            _choose(choices)
        for field in root.findChildren(Field):
            _type(field, place)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _choose(choices):
    """The last one that can be pressed, as a finger would."""
    options = [one for one in choices._options if one.isEnabled() and not one.isHidden()]
    if options and not choices.chosen():
        options[-1].click()


def _type(field, place):
    editor = field.editor()
    text = next((text for kind, text in _LETTERS if isinstance(field, kind)), f"word {place}")
    if isinstance(editor, QLineEdit) and editor.echoMode() == QLineEdit.EchoMode.Password:
        text = "a secret"
    if not isinstance(editor, QLineEdit):
        editor.insertPlainText("two\nlines")
    elif not editor.text():
        editor.insert(text)

"""A form that was recorded and struck holds again what was typed; nothing is recorded by that."""

from ui.desk import Desk
from ui.forms.happened_at import HappenedAt
from ui.forms.sheet import Sheet
from ui.widgets.keeping import put_back


def fill_again(desk: Desk, sheet: Sheet) -> None:
    """Puts back what is wanted of this sheet, at the time it happened; nothing if it is not."""
    taken = desk.typed_last.take(sheet.draft_name)
    if taken is None:
        return
    typed, at = taken
    sheet.take_back_inside(typed.inside)
    put_back(sheet.form_root(), typed.fields)
    for when in sheet.form_root().findChildren(HappenedAt):
        when.stamp(at)
    sheet.taken_back()

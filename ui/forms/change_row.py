"""One value that is corrected: the first entry drawn through, and the field for the new one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.editors import Editor, editor_for
from ui.forms.parts import Part
from ui.language.saying import say_name
from ui.widgets.boxes import Column, Row
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.mark import Mark
from ui.widgets.picker import Picker
from ui.widgets.words import Words


class ChangeRow(Column):
    """The name of the value, what was entered first, and what is to stand there."""

    changed = Signal()

    def __init__(self, desk: Desk, part: Part) -> None:
        super().__init__(gap=tokens.S1)
        self.part = part
        self._editor: Editor = editor_for(desk, part)
        first = Row(gap=tokens.S2)
        first.add(Words("First entry", size="small", tone="muted"))
        struck = Words(part.reads, size="label", tone="muted", weight=tokens.SEMIBOLD)
        struck.set_struck()
        say_name(struck, f"First entry, struck: {part.reads} {part.unit}".strip())
        first.add(struck, stretch=1)
        self.add(Words(part.label, size="label", weight=tokens.SEMIBOLD))
        self.add(first)
        line = Row(gap=tokens.S2)
        line.add_level(Mark("arrow-right", colour="muted", size=tokens.ICON_SMALL))
        line.add(self._editor.widget, stretch=1)
        self.add(line)
        self.setFocusProxy(self._editor.widget)
        self._listen(self._editor.widget)

    def widget(self) -> QWidget:
        """The field for the new value."""
        return self._editor.widget

    def plain(self) -> object:
        """The new value as the record keeps it; None takes the value away.

        Raises:
            Refused: it cannot be read, or the value cannot be left out.
        """
        value = self._editor.plain()
        left_out = value is None or value == []
        if left_out and not self.part.optional:
            raise Refused(
                f"Type the new {self.part.label[:1].lower()}{self.part.label[1:]}.",
                rule=f"{self.part.name} missing",
                field=self.part.name,
            )
        return value

    def _listen(self, widget: QWidget) -> None:
        for part in (widget, *widget.findChildren(QWidget)):
            if isinstance(part, (Choices, Picker)):
                part.changed.connect(lambda _value: self.changed.emit())
            elif isinstance(part, Field):
                part.editor().textChanged.connect(lambda *_text: self.changed.emit())

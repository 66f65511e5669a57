"""The last step to a new edition: its name, why, and each change that asks for less, named."""

from PySide6.QtCore import Signal

from ketachart.domain.editing.changes import Change
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.forms.protocol.changes import ChangeList
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.field import Judgement, Standing
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words


class AdoptSheet(Card):
    """Asks the reason once, for all changes of the draft."""

    adopted = Signal(str, str)  # reason and name
    left = Signal()

    def __init__(self, version: str, title: str, changes: tuple[Change, ...]) -> None:
        super().__init__(f"Adopt edition {version}", inset=tokens.S3)
        self.as_sheet()
        heading = Heading(f"Adopt edition {version}")
        close = Button("Back (Esc)", words="", sign="x", kind=Kind.QUIET)
        close.clicked.connect(self.left)
        heading.set_right(close)
        body = Column(gap=tokens.S3)
        self._reason = NoteField("Why the protocol changes", label="Why it changes", lines=3)
        self._title = TextField("Name of the protocol", label="Name of the protocol")
        self._title.set_text(title)
        self._trouble = Trouble("Why it is not adopted")
        for part in (self._trouble, self._reason, self._title):
            body.add(part)
        lax = sum(bool(change.laxer) for change in changes)
        if lax:
            words = count(lax, "change asks", "changes ask")
            body.add(Words(f"{words} for less than as shipped; the reason covers it.", tone="warn"))
        body.add(ChangeList("What changes", changes))
        self.primary = PrimaryButton(f"Adopt edition {version}", key=key_of("primary"))
        self.primary.clicked.connect(self.commit)
        body.add(Words("It holds from the next visit on; open visits keep theirs.", size="small"))
        body.add_room()
        self.add(heading)
        self.add(Scroller("Reason and changes", body), stretch=1)
        self.add(self.primary)

    def begin(self) -> None:
        """To the reason."""
        self._reason.setFocus()

    def commit(self) -> None:
        """Asks for it to be adopted."""
        self._trouble.settle()
        self.adopted.emit(self._reason.text(), self._title.text())

    def refuse(self, error: KetaChartError) -> None:
        """Says why it was not adopted; nothing typed is lost."""
        fields = {"reason": self._reason, "title": self._title}
        wrong = fields.get(error.field) if isinstance(error, Refused) else None
        if wrong is None:
            self._trouble.say("Not adopted", str(error))
        else:
            wrong.set_judgement(Judgement(Standing.BAD, str(error), short="look here"))
        (wrong or self._reason).setFocus()

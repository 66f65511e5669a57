"""The only questions that stop everything else; panels are preferred. Tests answer them."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language import shown
from ui.language.saying import describe, say_name
from ui.save_dialog import FilesDialog, FolderDialog, SaveDialog
from ui.theme import look
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

PUT_AWAY: Final = "put-away"
"""Set on a question that the veil took away: what was typed is there when it is asked again."""
_half_typed: Final[dict[tuple[str, str], str]] = {}


def forget_half_typed() -> None:
    """The charts are locked: nothing that was typed for a patient is left."""
    _half_typed.clear()


class _Question(QDialog):
    """A title, a sentence, something to answer with, and two buttons; Esc is the quiet one."""

    def __init__(self, parent: QWidget | None, title: str, *, sentence: str, yes: str) -> None:
        super().__init__(parent)
        if parent is None:
            theme.clothe(self)
        self.setWindowTitle(shown(title))
        say_name(self, title)
        describe(self, sentence)
        self.setModal(True)
        self.setMinimumWidth(look().px(tokens.READING_WIDTH))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self._column = Column(gap=tokens.S4, inset=tokens.S6)
        outside.addWidget(self._column)
        self._column.add(Words(title, size="h1", weight=tokens.SEMIBOLD))
        self._column.add(Words(sentence, tone="muted"))
        self._yes = PrimaryButton(yes)
        self._no = Button("Cancel", key="Esc", kind=Kind.QUIET)
        # "no" stands first, so that it has the focus and a stray Enter does nothing
        self._yes.clicked.connect(self.accept)
        self._no.clicked.connect(self.reject)

    def finish(self, *parts: QWidget) -> None:
        """Put the answering parts in, and the buttons under them."""
        for part in parts:
            self._column.add(part)
        buttons = Row(gap=tokens.S3)
        buttons.add(self._no)
        buttons.add_room()
        buttons.add(self._yes)
        self._column.add(buttons)

    def close_unless(self, answered: str, *, why: str) -> None:
        """Let *yes* be pressed only once something was answered."""
        if answered.strip():
            self._yes.reopen()
        else:
            self._yes.close_because(why)

    def press_yes(self) -> None:
        """What Enter does in the last field: *yes*, if it is open."""
        self._yes.press()

    def was_accepted(self) -> bool:
        """Ask, and wait for the answer."""
        # a window does not ask how high its text is in its width; so it is told
        width = max(self.minimumWidth(), self._column.minimumSizeHint().width())
        self.setMinimumSize(width, self._column.heightForWidth(width))
        self.resize(self.minimumSize())
        answer = self.exec()
        self.deleteLater()
        return answer == QDialog.DialogCode.Accepted


class Dialogs:
    """Asks one thing and waits; every method may be replaced, and in tests all of them are."""

    @staticmethod
    def ask_reason(
        parent: QWidget | None, title: str, sentence: str, suggestions: tuple[str, ...]
    ) -> str | None:
        """The reason, picked or typed, never empty; None if the nurse thought better of it."""
        question = _Question(parent, title, sentence=sentence, yes="Save the reason")
        picks = Choices(
            "Common reasons", tuple(Choice(text, text) for text in suggestions), columns=2
        )
        field = TextField("Reason", label="Reason", placeholder="In your own words")
        picks.changed.connect(lambda chosen: field.set_text(chosen[0] if chosen else ""))
        field.typed.connect(lambda text: question.close_unless(str(text), why="Needs a reason"))
        field.commit_on_enter()
        field.committed.connect(question.press_yes)
        question.close_unless("", why="Needs a reason")
        question.finish(*((picks,) if suggestions else ()), field)
        asked = (title, sentence)
        field.set_text(_half_typed.pop(asked, ""))
        if question.was_accepted():
            return field.text().strip()
        if question.property(PUT_AWAY):
            _half_typed[asked] = field.text()
        return None

    @staticmethod
    def ask_passphrase(parent: QWidget | None, title: str, sentence: str) -> str | None:
        """The passphrase as typed; None if none was given."""
        question = _Question(parent, title, sentence=sentence, yes="Go on")
        field = TextField("Passphrase", label="Passphrase")
        field.hide_letters()
        field.typed.connect(lambda text: question.close_unless(str(text), why="Type it first"))
        field.commit_on_enter()
        field.committed.connect(question.press_yes)
        question.close_unless("", why="Type it first")
        question.finish(field)
        return field.text() if question.was_accepted() else None

    @staticmethod
    def confirm(parent: QWidget | None, title: str, sentence: str, *, yes: str) -> bool:
        """Whether the nurse pressed ``yes``, which names the act; Esc and Cancel are no."""
        question = _Question(parent, title, sentence=sentence, yes=yes)
        question.finish()
        return question.was_accepted()

    @staticmethod
    def ask_save_path(parent: QWidget | None, title: str, suggested: Path) -> Path | None:
        """Where to save, in our own dialog in the theme of the moment; None if nowhere."""
        dialog = SaveDialog(parent, title, suggested=suggested)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.chosen() if accepted else None

    @staticmethod
    def ask_folder(parent: QWidget | None, title: str, start: Path) -> Path | None:
        """Which folder or stick to read; None if none."""
        dialog = FolderDialog(parent, title, start=start)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.chosen() if accepted else None

    @staticmethod
    def ask_files(parent: QWidget | None, title: str, start: Path, kinds: str) -> tuple[Path, ...]:
        """Which files to read; none where nothing was chosen. ``kinds``: "Reports (*.pdf)"."""
        dialog = FilesDialog(parent, title, start=start, kinds=kinds)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.all_chosen() if accepted else ()

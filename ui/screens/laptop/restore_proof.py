"""Who may restore a backup: a person's passphrase of that time, or the clinic's recovery key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ketachart.domain.wording import day_and_clock
from ui import tokens
from ui.actions import key_of
from ui.laptop import age_words
from ui.screens.laptop.restore_key import KeyProof
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.text_field import TextField
from ui.widgets.trouble import Trouble
from ui.widgets.wait import Wait
from ui.widgets.ways import Ways
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from ketachart.charting.restoring import CopyInfo, CopyProof
    from ui.desk import Desk

_ANOTHER: Final = (
    "The ledger on this laptop is kept aside, whole, and nothing of it is taken over. Go back and "
    "choose another backup, if that is not what you want."
)
_BY_PERSON, _BY_KEY = "Whose passphrase opens it?", "The clinic's recovery key opens it"


class ProofPage(Column):
    """The chosen backup, and what opens it: the passphrase of that time, or the recovery key."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=tokens.S3)
        self._desk = desk
        self._copy: CopyInfo | None = None
        self.by_key = False
        self._asked = Words(_BY_PERSON, size="h1", weight=tokens.SEMIBOLD)
        self._about, self._who = Column(), Column()
        self.warning = Trouble("What speaks against this backup")
        self._choices: Choices | None = None
        self.field = TextField("Passphrase of then", label="Passphrase of then")
        self.field.hide_letters()
        self.field.commit_on_enter()
        self.key = KeyProof()
        self.why = TextField("Why it is restored", label="Why it is restored")
        self.wait = Wait("Next try in")
        self.other_way = Button(
            "Recovery key…", sign="key-round", key=key_of("recovery-key"), kind=Kind.QUIET
        )
        self._ways = Ways(self.other_way)
        for part in (self._asked, self._about, self.warning, self._who, self.key, self.why):
            self.add(part)
        for below in (self.field, self.wait, self._ways):
            self.add(below)
        self.why.commit_on_enter()
        self._connect()
        self._show_way()

    def _connect(self) -> None:
        self.why.committed.connect(self.begin)
        self.why.typed.connect(lambda _text: self.changed.emit())
        self.field.typed.connect(lambda _text: self.changed.emit())
        self.key.changed.connect(self.changed)
        self.key.committed.connect(self.why.setFocus)
        self.other_way.clicked.connect(self.turn)

    # ------------------------------------------------ which backup, which way

    def show_copy(self, copy: CopyInfo, now: datetime, *, of_another: bool) -> None:
        """This backup; what was typed for another is gone."""
        self.forget()
        self._copy, self.by_key = copy, False
        made = "" if copy.made_at is None else day_and_clock(copy.made_at.astimezone(now.tzinfo))
        age = "" if copy.made_at is None else f", {age_words(copy.made_at, now)}"
        self._about.empty()
        self._about.add(
            FactColumns(
                "The backup",
                (
                    KeyValue("Made", f"{made}{age}"),
                    KeyValue("Entries", f"{copy.entries:,}"),
                    KeyValue("By", copy.program or "an unknown program"),
                ),
            )
        )
        self.warning.settle()
        if of_another:
            self.warning.say("This is a backup of another ledger", _ANOTHER, tone="warn")
        people = tuple(
            Choice(each.staff_id, f"{each.name}, {each.credential}", key=str(place), verbatim=True)
            for place, each in enumerate(copy.people, 1)
        )
        self._who.empty()
        self._choices = choices = Choices("Who opens it", people, columns=1)
        choices.set_label("Who opens it")
        self._who.add(choices)
        if len(people) == 1:
            choices.choose(people[0].value)
        choices.changed.connect(lambda _chosen: self.changed.emit())
        self._show_way()

    def turn(self) -> None:
        """From the passphrase to the recovery key, or back; nothing typed is lost."""
        if self._copy is None or not self._copy.recovery:
            return
        self.by_key = not self.by_key
        self._show_way()
        self.changed.emit()
        self.begin()

    def ask_key(self) -> None:
        """Asks for the recovery key's file, where it is wanted."""
        if self.by_key and self.isVisible() and self.isEnabled():
            self.key.file.ask()

    def _show_way(self) -> None:
        self._asked.setText(_BY_KEY if self.by_key else _BY_PERSON)
        self.key.setVisible(self.by_key)
        for part in (self._who, self.field):
            part.setVisible(not self.by_key)
        self.why.set_hint(
            "kept in the laptop's book, with your name"
            if self.by_key
            else "may stay empty; kept in the laptop's book"
        )
        self.other_way.set_words("A passphrase" if self.by_key else "Recovery key…")
        self._ways.setVisible(bool(self._copy is not None and self._copy.recovery))

    # ------------------------------------------------ what is said of it

    def who(self) -> str:
        """Whose passphrase it is; empty while nobody is chosen."""
        chosen = self._choices.chosen() if self._choices is not None else ()
        return chosen[0] if chosen else ""

    def reason(self) -> str:
        """Why it is restored; that the recovery key opened it stands before."""
        why = self.why.text().strip()
        return f"opened with {self.key.named()}: {why}" if self.by_key else why

    def waits(self) -> int:
        """How long the next guess has to wait, seconds."""
        if self.by_key:
            from ui.screens.people.recovery import seconds_to_wait

            return seconds_to_wait(self._desk)
        return self._desk.seconds_to_wait(self.who())

    def missing(self) -> str:
        """What is still to be said; empty where nothing is."""
        if self.by_key:
            missing = self.key.missing(self._copy)
            return missing or ("" if self.why.text().strip() else "Say why it is restored")
        if not self.who():
            return "Choose who you are"
        return "" if self.field.text() else "Type the passphrase"

    def proving(self, copy: CopyInfo) -> Callable[[], CopyProof]:
        """The work that proves it, for a worker; a wrong guess is counted on this laptop."""
        from ketachart.charting.restoring import prove_copy

        folder, clock = self._desk.folder, self._desk.clock
        if self.by_key:
            return self.key.proving(folder, copy, clock)
        who, secret = self.who(), self.field.text()
        return lambda: prove_copy(folder, copy, who, secret, clock)

    # ------------------------------------------------ where one types

    def begin(self) -> None:
        """To what is to be typed next."""
        if self.by_key:
            if not self.key.begin(self._copy):
                self.why.setFocus()
        elif self.who() or self._choices is None:
            self.field.setFocus()
            self.field.editor().selectAll()
        else:
            self._choices.setFocus()

    def again(self) -> None:
        """It did not open: to the passphrase, as it was typed."""
        field = self.key.secret if self.by_key else self.field
        field.setFocus()
        field.editor().selectAll()

    def forget(self) -> None:
        """Nothing of a passphrase or a key is kept here."""
        self.field.clear()
        self.key.forget()
        self.changed.emit()

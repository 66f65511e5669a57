"""The clinic's recovery key, used where nobody knows a passphrase: emergency access."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketachart.errors import KetaChartError, Refused
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.founding import NursePage
from ui.notices import Message
from ui.screens.base import Screen, Window
from ui.screens.people.key_file import KeyFile
from ui.screens.people.recovery import seconds_to_wait
from ui.screens.people.secret import NewSecret
from ui.screens.people.sheet import TaskSheet, Work
from ui.theme import Dressed, Look
from ui.widgets import tab_order
from ui.widgets.boxes import Column, Scroller
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import LineField
from ui.widgets.keeping import take_away
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from ketachart.charting import Staff
    from ketachart.domain.facts import NurseRecorded

NOTICE: Final = "emergency-access"
_OTHER: Final = "\x1fother"  # no staff id is like it
_MEANS: Final = (
    "For when nobody knows a passphrase any more. Fetch the clinic's recovery key. Who you are "
    "and why is kept in the ledger's book before anything else; nothing that was charted changes. "
    "You are given a new passphrase."
)
_NOTED: Final = "Opened with the recovery key: this is in the ledger's book"
_NOT_NOTED: Final = "Opened with the recovery key, only to be read"
_ONLY_READ: Final = (
    "Nothing can be written in this ledger now, so your new passphrase does not count and nothing "
    "was noted: keep a note on paper, and use the recovery key again after the ledger is mended."
)
_WIDTH: Final = 760


class RecoverSheet(TaskSheet):
    """The key and its passphrase, who and why, and a new passphrase."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Open with the recovery key", means=_MEANS, does="Open, and note it in the book"
        )
        self._staff: dict[str, Staff] = {}
        self.file = KeyFile()
        self.file.changed.connect(self.renew)
        self.key = TextField("The recovery key's passphrase", label="The recovery key's passphrase")
        self.key.hide_letters()
        self.key.keep_lines(1)
        self._who = Column(gap=tokens.S3)
        self.who = self._choices(())
        self._who.add(self.who)
        self.other = NursePage(desk)
        self.other.leave_out_question()
        self.other.ask_role(asked=False)
        self.other.hide()
        self._who.add(self.other)
        self.reason = TextField("Why the recovery key is used", label="Why?")
        self.other.done.connect(self.reason.setFocus)
        self.reason.set_hint("such as: passphrase forgotten")
        self.secret = NewSecret(desk, "Your new passphrase", about=self._about)
        self.take(
            self.file, self.key, self._who, self.reason, self.secret,
            fields=self._asked(),
        )  # fmt: skip

    def _asked(self) -> dict[str, QWidget]:
        fields: dict[str, QWidget] = {"file": self.file, "key": self.key, "who": self.who}
        fields |= {key: field for key, field in self.other.fields().items() if key != "role"}
        fields["reason"] = self.reason
        return {**fields, "passphrase": self.secret.first, "again": self.secret.again}

    def _choices(self, staff: "tuple[Staff, ...]") -> Choices:
        choices = [
            Choice(
                one.staff_id,
                f"{one.name}, {one.credential}",
                key=str(place) * (place <= 9),
                verbatim=True,
            )
            for place, one in enumerate(staff, 1)
        ]
        choices.append(Choice(_OTHER, "Somebody else", sub="with name and licence", key="0"))
        made = Choices("Who you are", tuple(choices), columns=2)
        made.set_label("Who are you?")
        made.wrap_words()
        made.changed.connect(lambda _chosen: self._choose())
        return made

    def show_staff(self, staff: "tuple[Staff, ...]") -> None:
        """Who unlocks this ledger now, and somebody else."""
        if {one.staff_id: one for one in staff} == self._staff:
            return
        self._staff = {one.staff_id: one for one in staff}
        before, self.who = self.who, self._choices(staff)
        take_away(before)
        self._who.put_first(self.who)
        tab_order.settle(self)
        self._fields = self._asked()
        self.renew()

    def _choose(self) -> None:
        self.other.setVisible(self._is_other())
        self.renew()

    def _is_other(self) -> bool:
        return _OTHER in self.who.chosen()

    def _person(self) -> "Staff | None":
        chosen = self.who.chosen()
        return self._staff.get(chosen[0]) if chosen else None

    def _about(self) -> tuple[str, ...]:
        person = self._person()
        if person is not None:
            return (person.name, person.staff_id)
        fields = self.other.fields().values()
        return tuple(field.text() for field in fields if isinstance(field, LineField))

    # ------------------------------------------------ what is asked

    def missing(self) -> str:
        """One thing after the other, from the top."""
        asked = (
            (self.file.info is None, "Choose the file"),
            (not self.key.text(), "Type the recovery key's passphrase"),
            (not self.who.chosen(), "Say who you are"),
            (not self.reason.text().strip(), "Say why"),
        )
        first = next((words for holds, words in asked if holds), "")
        return first or self.secret.missing()

    def waits(self) -> int:
        """After wrong guesses at the recovery key's passphrase."""
        return seconds_to_wait(self.desk)

    def begin(self) -> Work:
        """Opens the ledger's key; nothing is changed yet."""
        from ketachart.charting.recovering import RecoverTask

        self.file.needed()
        person, nurse = self._person(), self._new_nurse()
        if person is None and nurse is None:
            raise Refused("Say who you are.", rule="nobody chosen", field="who")
        whose = nurse or person
        task = RecoverTask(
            folder=self.desk.folder,
            clock=self.desk.clock,
            file=self.file.content,
            passphrase=self.key.text(),
            staff_id=whose.staff_id if whose else "",
            name=whose.name if whose else "",
            credential=whose.credential if whose else "",
            new_passphrase=self.secret.secret(),
            reason=self.reason.text().strip(),
            nurse=nurse,
        )
        return lambda job: task.work(job.say)

    def _new_nurse(self) -> "NurseRecorded | None":
        """Somebody else, as the register would take them.

        Raises:
            Refused: something is missing, or the staff id is another's.
        """
        from ketachart import charting

        if not self._is_other():
            return None
        nurse = self.other.fact(self.desk.now())
        if nurse.staff_id in self._staff:
            taken = self._staff[nurse.staff_id].name
            raise Refused(
                f"The staff id {nurse.staff_id} is {taken}'s. Choose them above, or give another.",
                rule="staff id taken",
                field="staff_id",
            )
        charting.check_fact(nurse, self.desk.clock)
        return nurse

    def keep(self, made: object) -> str:
        """In the book first; then the charts are open."""
        self.desk.enter_with(made)
        return "opened"

    def forget(self) -> None:
        """Nothing of it is kept here."""
        self.file.forget()
        self.secret.forget()
        super().forget()


class _Page(Scroller, Dressed):
    """The sheet in the middle of the window, as wide as it is read well."""

    def __init__(self, sheet: RecoverSheet) -> None:
        self._sheet = sheet
        page = QWidget()
        self._line = QVBoxLayout(page)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(sheet, 100)
        across.addStretch(1)
        self._line.addLayout(across)
        self._line.addStretch(1)
        super().__init__("Recovery key", page)
        self.setProperty("bare", "true")
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the width and the gap around."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._sheet.setMaximumWidth(look.px(_WIDTH))


class RecoverScreen(Screen):
    """Before unlocking: the way in when every passphrase is lost."""

    title = "Recovery key"
    keys = (("Tab", "next"), ("Ctrl+Enter", "open"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self.sheet = RecoverSheet(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_Page(self.sheet))
        self.sheet.done.connect(lambda _said: self._opened())
        self.sheet.left.connect(window.go_back)

    def arrive(self) -> None:
        """Who unlocks here is read anew; to the first thing that is not answered."""
        job = self.desk.workers.start(lambda _job: self.desk.staff())
        job.done.connect(self.sheet.show_staff)
        job.failed.connect(self._cannot_read)
        self.sheet.renew()
        self.sheet.begin_typing()

    def _cannot_read(self, error: KetaChartError) -> None:
        self.sheet.trouble.say("The list of who may unlock cannot be read", str(error))

    def _opened(self) -> None:
        """The charts are open; that it was noted is said until it was read."""
        from ketachart.charting.recovering import NO_SIGNING_KEY

        notices, noted = self.desk.notices, self.desk.office.read_only is None
        notices.say(
            NOTICE,
            Message(
                "warn",
                _NOTED if noted else _NOT_NOTED,
                NO_SIGNING_KEY if noted else _ONLY_READ,
                act="I have seen it",
                on_act=lambda: notices.settle(NOTICE),
            ),
        )
        self._window.forget("recover")

    def strip(self) -> tuple[str, str]:
        """The title."""
        return (self.title, "Emergency access, kept in the ledger's book")

    def act(self, name: str) -> bool:
        """The main button, the file, what is typed, and the way back."""
        acts = {
            "primary": self.sheet.primary.press,
            "back": self.sheet.leave.click,
            "recovery-key": self.sheet.leave.click,
            "recovery-file": self.sheet.file.ask,
            "suggest": self.sheet.secret.suggest.click,
            "reveal": self.sheet.secret.reveal.click,
        }
        if name not in acts:
            return False
        if not self.sheet.busy:
            acts[name]()
        return True

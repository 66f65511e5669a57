"""The sheet of an act with a key: what it will mean, what is asked, the passphrase, one button."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Final, cast, get_args

from PySide6.QtCore import Signal

from ketachart.domain.facts.post import WhyWithdrawn
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.day_field import DayField
from ui.screens.certificates.act import Act, Answers
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.key_value import FactColumns
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words
from ui.workers import Job

_ALL: Final = "Every report signed with it is doubted, whatever time it claims."
_FROM: Final = "Reports that claim a later time are doubted; earlier ones stay good."
MEANS: Final[dict[WhyWithdrawn, str]] = {
    "left the clinic": _FROM,
    "replaced": _FROM,
    "key lost or stolen": _ALL,
    "issued in error": _ALL,
}


class ActSheet(Card):
    """Keeps what was typed until the act is on the disk; then ``done`` says what came of it."""

    done = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("What is to be signed", inset=tokens.S4, gap=tokens.S3)
        self._desk = desk
        self._act: Act | None = None
        self._job: Job | None = None
        self.heading = Heading("")
        self._facts = Column()
        self._means = Words()
        self.compared = Choices(
            "Compared by telephone",
            (Choice("same", "They are the same", key="1"), Choice("other", "They differ", key="2")),
            columns=2,
        )
        self.reason = Choices(
            "Why it is withdrawn",
            tuple(
                Choice(why, why[:1].upper() + why[1:], sub=MEANS[why], key=str(place))
                for place, why in enumerate(get_args(WhyWithdrawn), 1)
            ),
            columns=2,
        )
        self.reason.set_label("Why?")
        self.reason.wrap_words()
        self.since = DayField("Withdrawn since; empty means now", label="Since, a day")
        self.since.set_hint("empty means now")
        self.passphrase = TextField("Passphrase", label="Passphrase")
        self.own = TextField("Your own passphrase, if it is another", label="Your own passphrase")
        self.own.set_hint("if it is another")
        self.trouble = Trouble("Why it was not done")
        self._step = Words(size="label", tone="muted")
        self.primary = PrimaryButton("Go on", key=key_of("primary"))
        self.leave = Button("Leave it", key="Esc", kind=Kind.QUIET)
        for part in (
            self.heading, self._means, self._facts, self.compared, self.reason, self.since,
            self.passphrase, self.own, self.trouble, self._step, self.primary, self.leave,
        ):  # fmt: skip
            self.add(part)
        self.add_room()
        self._connect()

    def _connect(self) -> None:
        for field in (self.passphrase, self.own):
            field.hide_letters()
            field.keep_lines(1)
            field.commit_on_enter()
            field.committed.connect(self.primary.press)
            field.typed.connect(lambda _text: self._renew())
        for choices in (self.compared, self.reason):
            choices.changed.connect(lambda _chosen: self._renew())
            choices.committed.connect(self.passphrase.setFocus)
        self.primary.clicked.connect(self._go)
        self.primary.refused.connect(lambda _why: self.begin())
        self.leave.clicked.connect(self.left)

    # ------------------------------------------------ what is asked

    def show_act(self, act: Act) -> None:
        """This act; what was typed for another is gone."""
        self._act = act
        self.heading.set_title(act.title)
        self._means.setText(act.means)
        self._facts.empty()
        self._facts.setVisible(bool(act.facts))
        if act.facts:
            self._facts.add(FactColumns("What it is about", act.facts))
        self.compared.setVisible(bool(act.compares))
        self.compared.set_label(act.compares)
        for part in (self.reason, self.since):
            part.setVisible(act.withdraws)
        self.own.setVisible(act.own_key)
        self.passphrase.set_label(act.asks)
        for choices in (self.compared, self.reason):
            choices.choose()
        for field in (self.since, self.passphrase, self.own):
            field.clear()
        self.trouble.settle()
        self._renew()

    def begin(self) -> None:
        """To the first thing that is not answered."""
        for choices in (self.compared, self.reason):
            if not choices.isHidden() and not choices.chosen():
                choices.setFocus()
                return
        self.passphrase.setFocus()

    @property
    def busy(self) -> bool:
        """Whether the key is open now."""
        return self._job is not None

    def _missing(self) -> str:
        if not self.compared.isHidden() and not self.compared.chosen():
            return "Compare the fingerprint first"
        if "other" in self.compared.chosen():
            return "They differ: nothing is issued"
        if not self.reason.isHidden() and not self.reason.chosen():
            return "Say why"
        return "" if self.passphrase.text() else "Type the passphrase"

    def _renew(self) -> None:
        act = self._act
        if act is None:
            return
        self._step.setVisible(self.busy)
        for part in (self.compared, self.reason, self.since, self.passphrase, self.own, self.leave):
            part.setEnabled(not self.busy)
        missing = self._missing()
        self.primary.set_words("One moment…" if self.busy else missing or act.does)
        if self.busy or missing:
            self.primary.close_because("")
        else:
            self.primary.reopen()

    # ------------------------------------------------ doing it

    def _answers(self) -> Answers:
        day = None if self.since.isHidden() else self.since.day("Since", "since")
        now = self._desk.now()
        since = None if day is None else datetime.combine(day, time(), now.tzinfo)
        reason = self.reason.chosen()
        return Answers(
            passphrase=self.passphrase.text(),
            own_passphrase=self.own.text() or None,
            reason=cast("WhyWithdrawn", reason[0]) if reason else None,
            since=since,
        )

    def _go(self) -> None:
        act = self._act
        if act is None or self.busy or self._missing():
            return
        self.trouble.settle()
        try:
            begun = act.begin(self._answers())
        except KetaChartError as error:
            self._failed(error)
            return
        self._step.setText("Opening the key…")
        self._job = job = self._desk.workers.start(lambda job: begun(job.say))
        job.said.connect(lambda words: self._step.setText(f"{words}…"))
        job.done.connect(lambda made: self._keep(act.keep, made))
        job.failed.connect(self._failed)
        job.stopped.connect(lambda: self._failed("It was stopped; nothing was changed. Try again."))
        self._renew()

    def _keep(self, keep: Callable[[object], str], made: object) -> None:
        """Typed words stay until it is on the disk."""
        self._job = None
        try:
            said = keep(made)
        except KetaChartError as error:
            self._failed(error)
            return
        self._renew()
        if said:
            for field in (self.passphrase, self.own):
                field.clear()
            self.done.emit(said)

    def _failed(self, error: object) -> None:
        self._job = None
        self._renew()
        self.trouble.say("It was not done", str(error))
        at_since = isinstance(error, Refused) and error.field == "since"
        (self.since if at_since else self.passphrase).setFocus()

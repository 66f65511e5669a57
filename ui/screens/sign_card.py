"""Sign and lock: what signing means, the passphrase, and one button that says what is missing."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import NurseRecorded
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.drafts.form import IN_PHASE, Drafted
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.keeping import Fields
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_STOPPED: Final = "Signing was stopped. Everything charted is safe, nothing is signed: sign again."


class SignCard(Card, Drafted):
    """Keeps everything that was typed until the visit is signed."""

    turned = Signal()  # complete or incomplete
    draft_name = f"{IN_PHASE}sign"
    form_title = "Why it is not complete"

    def __init__(self, desk: Desk) -> None:
        super().__init__("Sign and lock", inset=tokens.S3)
        self.desk = desk
        self._open = 0
        self._signing = False
        self._incomplete = self._resumes = False
        self._heading = Heading("Sign and lock")
        self._means = Words(size="label")
        self.reason = NoteField(
            "Why it is signed although it is not complete", label="Why it is not complete", lines=2
        )
        self.passphrase = TextField("Your passphrase, again", label="Your passphrase, again")
        self.passphrase.hide_letters()
        self.passphrase.commit_on_enter()
        self._why_not = ""
        self.waits = Trouble("Why signing waits")
        self._trouble = Trouble("Why it is not signed")
        self._step = Words(size="label", tone="muted")
        self.primary = PrimaryButton("Sign and lock", key=key_of("primary"))
        self.incomplete = Button("Sign incomplete, with a reason", kind=Kind.QUIET)
        self.incomplete.set_key(key_of("incomplete"))
        self._lay_out()
        self.passphrase.committed.connect(self.primary.press)
        self.primary.clicked.connect(self._sign)
        self.primary.refused.connect(lambda _why: self._to_what_is_missing())
        self.incomplete.clicked.connect(self.turn_incomplete)
        for typed in (self.passphrase.typed, self.reason.typed):
            typed.connect(lambda _text: self._renew())
        self._renew()

    def _lay_out(self) -> None:
        self._body = body = Column(gap=tokens.S2)
        for part in (
            self.waits, self._means, self.reason, self.passphrase, self._trouble, self._step,
        ):  # fmt: skip
            body.add(part)
        body.add_room()
        self.add(self._heading)
        self.add(Scroller("Sign and lock", body), stretch=1)
        self.add(self.primary)
        self.add(self.incomplete)

    # ------------------------------------------------ how it stands

    def show_open(self, how_many: int, nurse: NurseRecorded | None) -> None:
        """How many points still stand in the way, and who signs."""
        from ketachart.charting.sealing import MEANING

        self._open = how_many
        if nurse is not None:
            licence = " ".join(filter(None, (nurse.licence_state, nurse.licence)))
            self._heading.set_aside(f"{nurse.name}, {nurse.credential}, {licence}")
        self._means.setText(
            f"By signing I say: {MEANING} After that nothing in it can be changed; what "
            "is missing is added as a signed addendum."
        )
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Whether there is a certificate to sign with; it may have come meanwhile."""
        super().showEvent(event)
        self._why_not = self.desk.certificates.why_not_now() if self.desk.is_unlocked else ""
        if self._why_not:
            where = f"{self._why_not} Certificates: {key_of('certificates')}."
            self.waits.say("Signing waits for your certificate", where, tone="warn")
        else:
            self.waits.settle()
        with self.desk.drafts.opening(self):
            self._renew()

    def _renew(self) -> None:
        """The button says what is missing, and becomes what it does."""
        self.reason.setVisible(self._incomplete)
        self._step.setVisible(self._signing)
        for part in (self._means, self.passphrase):
            part.setVisible(not self._why_not)  # nothing can be signed: only why, and the way on
        self.incomplete.setVisible(not self._signing and not self._why_not)
        self.incomplete.set_words(
            "Back to signing it complete" if self._incomplete else "Sign incomplete, with a reason"
        )
        for field in (self.passphrase, self.reason):
            field.setEnabled(not self._signing)
        does = "Sign incomplete and lock" if self._incomplete else "Sign and lock"
        missing = self._missing()
        self.primary.set_words(missing or does)
        if self._signing:
            self.primary.set_words("Signing…")
            self.primary.close_because("This takes a few seconds")
        elif missing:
            self.primary.close_because("")
        else:
            self.primary.reopen()

    def _missing(self) -> str:
        if self._why_not:
            return "Signing waits for your certificate"
        if self._incomplete and not self.reason.text().strip():
            return "Write why it is not complete"
        if self._open and not self._incomplete:
            return f"Settle {count(self._open, 'point')} to sign"
        return "" if self.passphrase.text() else "Type your passphrase to sign"

    def _to_what_is_missing(self) -> None:
        if self._incomplete and not self.reason.text().strip():
            self.reason.setFocus()
        else:
            self.passphrase.setFocus()

    # ------------------------------------------------ kept while it is typed

    def form_root(self) -> QWidget:
        """The reason; a passphrase is never kept."""
        return self._body

    def form_stream(self) -> str:
        """The visit that is signed."""
        return self.desk.room.stream if self.desk.has_visit else ""

    def take_back_inside(self, kept: Fields) -> None:
        """A reason was asked for; the field for it has to stand there."""
        del kept
        if not self._incomplete:
            self._incomplete = True
            self._renew()
            self.turned.emit()

    def taken_back(self) -> None:
        """The keyboard is to stand in the reason."""
        self._resumes = True

    def resume(self) -> bool:
        """To the reason that was just put back; False where none was."""
        resumes, self._resumes = self._resumes, False
        if resumes:
            self.reason.setFocus()
        return resumes

    # ------------------------------------------------ acts

    def turn_incomplete(self) -> None:
        """Asks why it is not complete, or goes back; what was typed stays."""
        if self._signing:
            return
        self._incomplete = not self._incomplete
        self._renew()
        self.turned.emit()
        (self.reason if self._incomplete else self.passphrase).setFocus()

    def begin(self) -> None:
        """To the passphrase."""
        self.passphrase.setFocus()

    def is_incomplete(self) -> bool:
        """Whether it is being signed although it is not complete."""
        return self._incomplete

    def _sign(self) -> None:
        if self._signing or self._missing():
            return
        self._trouble.settle()
        reason = self.reason.text().strip() if self._incomplete else ""
        try:
            job = self.desk.sign(self.passphrase.text(), incomplete=reason)
        except KetaChartError as error:
            self._failed(error)
            return
        self._signing = True
        self._step.setText("Opening your key…")
        job.said.connect(self._tell_step)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        job.stopped.connect(self._stopped)
        self._renew()

    def _tell_step(self, words: str) -> None:
        self._step.setText(f"{words}…")

    def _failed(self, error: object) -> None:
        """Nothing was signed; passphrase and reason stay as they were typed."""
        self._over()
        self._trouble.say("It is not signed", str(error))
        self.passphrase.setFocus()

    def _stopped(self) -> None:
        self._over()
        self._trouble.say("It is not signed", _STOPPED)

    def _done(self, _sealed: object) -> None:
        if self.desk.has_visit and self.desk.visit.signed is not None:
            self._over()
            self.passphrase.clear()
            self.reason.clear()
            self.desk.drafts.over(self)

    def _over(self) -> None:
        self._signing = False
        self._renew()

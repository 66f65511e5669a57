"""A sheet whose entry is signed at once: the passphrase, and a worker that signs the new report."""

from ketachart.domain.addenda import version_of
from ketachart.domain.facts import Fact
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.visit import Visit
from ketachart.errors import KetaChartError, Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class SignedSheet(TimedSheet):
    """Nothing that was typed is cleared before the new version is on the disk."""

    def __init__(self, desk: Desk, name: str, *, records: str) -> None:
        super().__init__(desk, name, records=records)
        self._signing = False
        self._before = 0
        self._means = Words(
            "By signing I add this to the record. Nothing that was signed is changed.",
            size="small",
            tone="muted",
        )
        self.passphrase = TextField("Your passphrase, again", label="Your passphrase, again")
        self.passphrase.hide_letters()
        self.passphrase.commit_on_enter()
        self.passphrase.committed.connect(self.primary.press)
        self.place("passphrase", self.passphrase)

    def signs(self) -> tuple[Words, TextField]:
        """What a sheet puts under its fields: what signing means, and the passphrase."""
        return self._means, self.passphrase

    def addendum(self) -> Addendum:
        """What the fields say.

        Raises:
            Refused: a field cannot be read, or something is missing.
        """
        raise NotImplementedError

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """Nothing is charted without the signature: see `commit`."""
        del confirmed
        return ()

    def show_visit(self, visit: Visit) -> None:
        """An addendum is for a visit that is signed."""
        if visit.signed is None:
            self.primary.close_because("The visit is not signed yet: chart it")
        elif not self._signing:
            self.primary.reopen()

    # ------------------------------------------------ signing

    def commit(self) -> None:
        """Makes and signs the new version of the report in a worker."""
        if self._signing:
            return
        self.clear_problem()
        try:
            added, passphrase = self.addendum(), self._passphrase()
            self._before = version_of(self.desk.visit)
            job = self.desk.add_addendum(added, passphrase)
        except Refused as refusal:
            self.show_refusal(refusal)
            return
        except KetaChartError as error:
            self._say(str(error))
            return
        self._signing = True
        self.primary.set_words("Signing…")
        self.primary.close_because("This takes a few seconds")
        job.said.connect(lambda words: self.primary.set_words(f"{words}…"))
        job.done.connect(lambda _sealed: self._done())
        job.failed.connect(self._failed)
        job.stopped.connect(
            lambda: self._failed("Signing was stopped. Nothing was added: sign again.")
        )

    def _passphrase(self) -> str:
        if not self.passphrase.text():
            raise Refused(
                "Type your passphrase: an addendum is signed.",
                rule="passphrase missing",
                field="passphrase",
            )
        return self.passphrase.text()

    def renew_primary(self) -> None:
        """What will be recorded; what is being done, while it is signed."""
        if not self._signing:
            super().renew_primary()

    def _done(self) -> None:
        """The new version is on the disk; where it could not be kept, `failed` has said why."""
        if self._signing and self.desk.has_visit and version_of(self.desk.visit) > self._before:
            self._over()
            self.empty()
            self.recorded.emit()

    def _failed(self, error: object) -> None:
        """Nothing was added; everything that was typed stays."""
        self._over()
        self._say(str(error))
        self.passphrase.setFocus()

    def _over(self) -> None:
        self._signing = False
        self.primary.reopen()
        self.renew_primary()

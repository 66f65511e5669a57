"""Ctrl+Z: the last entry is offered to be struck, then to be typed again; nothing is erased."""

from PySide6.QtCore import Qt

from ketachart.domain.facts import Fact
from ketachart.domain.visit import Entry, Visit
from ketachart.errors import KetaChartError, Refused
from ui.actions import key_of
from ui.desk import Desk
from ui.drafts.typed_last import Typed
from ui.entries import last_own, told
from ui.forms.lists import numbered
from ui.forms.sheet import Sheet
from ui.widgets.choices import Choices
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

_STAYS = "It stays readable in the record, drawn through, with the reason beside it."
_SIGNED = f"The visit is signed and stays as it is; {key_of('addendum')} adds to it."
_FILLED = "What was typed stands in the fields again, with its time; nothing is recorded by that."


class StrikeLastSheet(Sheet):
    """One key for the reason, Enter strikes; then Enter once more types it again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Strike the last entry", primary="Strike it")
        self._entry: Entry[Fact] | None = None
        self._again: Typed | None = None
        self._told = Words(size="h2")
        self._then = Words(_STAYS, size="small", tone="muted")
        reasons = desk.visit.protocol.listed("strike-reason")
        self.reasons = Choices(
            "Why it is struck",
            numbered(tuple((one.label, one.label) for one in reasons)),
            columns=2,
        )
        self.reasons.set_label("Why", hint="its key, then Enter")
        self.reasons.wrap_words()
        self.own = TextField("Why, in your own words", placeholder="Or in your own words")
        self.own.commit_on_enter()
        for part in (self._told, self._then, self.reasons, self.own):
            self.body.add(part)
        self.body.add_room()
        self.place("reason", self.reasons)
        self.own.committed.connect(self.commit)
        # in the next turn: the row of choices still goes on to the field behind it
        self.reasons.committed.connect(self._entered, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Which entry it is; the reasons have the keyboard."""
        self.clear_problem()
        self._again = None
        self._entry = self._last(self.desk.visit)
        self.empty()
        self._show()
        self.reasons.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """An entry that was struck elsewhere is not struck again."""
        if self._again is None and self._entry is not None and self._entry.id in visit.strikes:
            self._entry = self._last(visit)
        self._show()

    def _last(self, visit: Visit) -> Entry[Fact] | None:
        """The last entry of this person; none once the visit is signed."""
        return last_own(visit, self.desk.room.author) if visit.signed is None else None

    def _show(self) -> None:
        asks = self._again is None
        self.reasons.setVisible(asks and self._entry is not None)
        self.own.setVisible(asks and self._entry is not None)
        if self._again is not None:
            self._then.setText(_FILLED)
            self.primary.set_words(f"Type it again: {self._again.title}")
            self.primary.reopen()
            return
        self._then.setText(_STAYS)
        self.primary.set_words("Strike it")
        if self._entry is None:
            signed = self.desk.visit.signed is not None
            self._told.setText(_SIGNED if signed else "No entry of yours can be struck.")
            self.primary.close_because("There is nothing to strike")
        else:
            self._told.setText(told(self.desk.visit, self._entry))
            self.primary.reopen()

    def _entered(self) -> None:
        """Enter on a reason strikes; without one it goes on to the words."""
        if self.reasons.chosen() and self._again is None and self.isVisible():
            self.commit()

    # ------------------------------------------------ striking, and typing again

    def _commit(self, *, confirmed: bool) -> None:
        del confirmed
        self.clear_problem()
        again, entry = self._again, self._entry
        if again is not None and entry is not None:
            self._again = None
            self.desk.typed_last.want(again, entry.at)
            self.left.emit()
            self.opens.emit(again.form)
            return
        try:
            self._strike()
        except Refused as refusal:
            self.show_refusal(refusal)
        except KetaChartError as error:
            self.show_refusal(Refused(str(error)))

    def _strike(self) -> None:
        """Strikes it for the reason that is chosen or written.

        Raises:
            Refused: there is no reason, or the record does not allow it.
            LedgerError: it was not saved.
        """
        reason = self.own.text().strip() or next(iter(self.reasons.chosen()), "")
        entry = self._entry
        if entry is None:
            raise Refused(
                "There is nothing to strike. Choose an entry from the log.",
                rule="nothing to strike",
            )
        if not reason:
            raise Refused("Choose why, or write it.", rule="reason missing", field="reason")
        self.desk.strike(entry.id, reason, act=self.form_act(self.desk.new_act))
        self.take_act("")
        self.empty()
        self._entry, self._again = entry, self.desk.typed_last.of(entry.id)
        if self._again is None:
            self.recorded.emit()
            return
        self._told.setText(f"Struck: {told(self.desk.visit, entry)}")
        self._show()
        self.primary.setFocus()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """Nothing is charted but the strike itself."""
        del confirmed
        return ()

    def empty(self) -> None:
        """No reason is chosen."""
        self.reasons.choose()
        self.own.clear()

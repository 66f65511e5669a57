"""One person's place to sign: what it means, whether they may, the ink, and why there is none."""

from PySide6.QtCore import Signal

from ketachart.domain.audit import words
from ketachart.domain.facts import InkDeclined, InkSigned
from ketachart.domain.ink import declined_by, meaning_of, signed_by
from ketachart.domain.recovery import criterion_state
from ketachart.domain.telling.closing import ROLES
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock
from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.forms.people import Signer, name_of
from ui.language.saying import say_name
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Heading
from ui.widgets.ink_pad import InkPad
from ui.widgets.mark import Mark
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_AGAIN = "Sign after all"


class InkBox(Column):
    """Open, signed, or declined; what shows as signed is on the disk."""

    recorded = Signal()
    declining = Signal(str)  # the role of who cannot or will not
    naming = Signal()  # nobody is named yet

    def __init__(self, desk: Desk, role: Signer) -> None:
        super().__init__(gap=tokens.S1)
        self.desk, self.role = desk, role
        self._act = ""
        self._after_all = False
        self._shown = ""  # the id of the signature that is on the pad
        self._heading = Heading(ROLES[role])
        self._meaning = Words(size="small", tone="muted")
        self.pad = InkPad(f"Signature of the {ROLES[role].lower()}")
        self._sign = Mark("shield-check", size=tokens.ICON_SMALL)
        self._fit = Words(size="small", tone="muted")
        self._instead = Words(size="label")
        self._trouble = Trouble("Why it is not signed")
        self.done = Button("Done", key=key_of("ink-done"))
        self.clear = Button("Clear the ink", sign="rotate-ccw", kind=Kind.QUIET)
        self.cannot = Button("Cannot or refuses…", kind=Kind.QUIET)
        self.name_adult = Button("Name the adult", sign="user")
        self._lay_out()
        self.done.clicked.connect(self.commit)
        self.clear.clicked.connect(self._clear)
        self.cannot.clicked.connect(self._cannot)
        self.name_adult.clicked.connect(self.naming)
        self.pad.changed.connect(lambda: self.show_visit(desk.visit))
        for button in (self.done, self.clear, self.cannot):
            button.set_compact()
            say_name(button, f"{button.words()}: {ROLES[role].lower()}")

    def _lay_out(self) -> None:
        fit = Row(gap=tokens.S1)
        fit.add_level(self._sign)
        fit.add(self._fit, stretch=1)
        buttons = Row(gap=tokens.S1)
        buttons.add(self.done)
        buttons.add(self.cannot)
        buttons.add_room()
        buttons.add(self.clear)
        for part in (
            self._heading,
            self._meaning,
            self.pad,
            self._instead,
            fit,
            self._trouble,
            self.name_adult,
            buttons,
        ):
            self.add(part)

    # ------------------------------------------------ how it stands

    def signed(self) -> Entry[InkSigned] | None:
        """The signature that stands."""
        return signed_by(self.desk.visit, self.role)

    def declined(self) -> Entry[InkDeclined] | None:
        """The reason why there is none, unless somebody signed after all."""
        return declined_by(self.desk.visit, self.role)

    def is_settled(self) -> bool:
        """Whether there is ink, or a reason for none."""
        return self.signed() is not None or self.declined() is not None

    def show_visit(self, visit: Visit) -> None:
        """The name, what allows it, and the ink or the reason."""
        name = name_of(visit, self.role)
        called = self.role.capitalize()
        self._heading.set_title(f"{called}: {name}" if name else called)
        self._meaning.setText(meaning_of(visit, self.role))
        self._show_fit(visit)
        self.name_adult.setVisible(not name and self.role == "adult")
        signed, declined = self.signed(), self.declined()
        self._show_ink(signed)
        open_ = signed is None and (declined is None or self._after_all) and bool(name)
        if signed is not None:
            self._heading.set_aside(f"signed {clock(signed.at)}")
        elif declined is not None:
            self._heading.set_aside(f"did not sign, {clock(declined.at)}")
            self._instead.setText(declined.fact.reason)
        else:
            self._heading.set_aside("not signed")
        self._instead.setVisible(declined is not None and not open_)
        self._show_pad(open_=open_, signed=signed is not None)
        self.cannot.set_words(
            _AGAIN if declined is not None and not open_ else "Cannot or refuses…"
        )
        inked = open_ and bool(self.pad.strokes())
        self.cannot.setVisible(bool(name) and signed is None and not inked)

    def print_key(self, *, acts: bool) -> None:
        """Print the key of *cannot or refuses* only where it would act."""
        self.cannot.set_key(key_of("no_ink") if acts else "")

    def _show_ink(self, signed: Entry[InkSigned] | None) -> None:
        """The recorded ink; once that is struck the pad is empty, and not signed by itself."""
        before, self._shown = self._shown, signed.id if signed is not None else ""
        if signed is not None:
            self.pad.set_strokes(signed.fact.strokes)
        elif before:
            self.pad.clear()

    def _show_pad(self, *, open_: bool, signed: bool) -> None:
        inked = bool(self.pad.strokes())
        self.pad.setVisible(open_ or signed)
        self.pad.setEnabled(open_)
        self._meaning.setVisible(open_ or signed)
        self.done.setVisible(open_ and inked)
        self.clear.setVisible(signed or (open_ and inked))

    def _show_fit(self, visit: Visit) -> None:
        """The row of the chart that allows this person to sign."""
        text, tone = _fit_of_patient(self.desk, visit)
        if self.role == "adult":
            adult = visit.adult
            # after the name, relation and phone
            text = words(visit, adult)[1].partition("; ")[2] if adult else "Nobody is named."
            good = adult is not None and adult.of_age and adult.sober and adult.stays
            tone = "ok" if good else "warn"
        self._fit.setText(text)
        self._fit.set_tone("muted" if tone == "ok" else tone)
        self._sign.set_sign("shield-check" if tone == "ok" else "triangle-alert", colour=tone)

    # ------------------------------------------------ acts

    def commit(self) -> bool:
        """Records the ink; it stays on the pad until it is on the disk."""
        if not self.done.isVisibleTo(self):
            return False
        self._act = self._act or self.desk.new_act()
        try:
            self.desk.record(
                InkSigned(
                    at=self.desk.now(),
                    role=self.role,
                    name=name_of(self.desk.visit, self.role),
                    meaning=meaning_of(self.desk.visit, self.role),
                    strokes=self.pad.strokes(),
                ),
                act=self._act,
            )
        except KetaChartError as error:
            self._trouble.say("This signature is not recorded", str(error))
            return True
        self._act = ""
        self._trouble.settle()
        self.show_visit(self.desk.visit)
        self.recorded.emit()
        return True

    def _clear(self) -> None:
        """Ink that is not recorded goes at once; recorded ink is struck with a reason."""
        signed = self.signed()
        if signed is None:
            self.pad.clear()
            return
        protocol = self.desk.visit.protocol
        reason = Dialogs.ask_reason(
            self,
            "Strike this signature",
            "It stays in the record, drawn through, and can be given again.",
            tuple(choice.label for choice in protocol.listed("strike-reason")),
        )
        if reason is None:
            return
        try:
            self.desk.strike(signed.id, reason)
        except KetaChartError as error:
            self._trouble.say("The signature stands", str(error))

    def _cannot(self) -> None:
        if self.declined() is not None and not self._after_all:
            self._after_all = True
            self.show_visit(self.desk.visit)
        else:
            self.declining.emit(self.role)


def _fit_of_patient(desk: Desk, visit: Visit) -> tuple[str, Tone]:
    """The last state of mind with its time; it is shown, and never stops anyone from signing."""
    state = criterion_state(visit, desk.now(), "awake")
    if state is None:
        return "", "ok"
    at = f" at {clock(state.at)}" if state.at is not None else ""
    return f"{state.note}{at}", "ok" if state.met else "warn"

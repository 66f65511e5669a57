"""Who is being treated, at the top of every screen: name, birth date, allergies, weight, order.

Nothing in it may be cut at any text size; where the room ends it takes another line.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, name_of, say_name, say_tip
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.strip_places import AroundCorner, Corner, NameAndMark
from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class StripFacts:
    """What stands in the strip, in words.

    ``allergies`` are whole lines, *Allergy: penicillin (anaphylaxis)*; where none are known the
    line says so, *No known allergy, asked today*, and ``allergic`` is False.
    """

    name: str
    identity: str  # Born 14 Mar 1986 (40 y)   F   MRN 004182
    allergies: tuple[str, ...]
    allergic: bool
    weight: str = ""
    weighed: str = "Weight today"
    order: str = ""
    ordered: str = ""  # Order, Dr A. Okafor, 20 Nov


class _Pair(Column):
    """A small line over a strong one."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S1)
        self._over = Words(size="small", tone="muted")
        self._under = Words(size="h2", weight=tokens.SEMIBOLD)
        self.add(self._over)
        self.add(self._under)

    def show_pair(self, over: str, under: str) -> None:
        """Show two lines, or nothing where there is no value."""
        self._over.setText(over)
        self._under.setText(under)
        self.setVisible(bool(under))


class PatientStrip(QFrame, Dressed):
    """The strip; it grows in height rather than lose a word."""

    theme_wanted = Signal()
    lock_wanted = Signal()
    keys_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, name: str = "Patient") -> None:
        super().__init__()
        say_name(self, name)
        self.setProperty("panel", "strip")
        self._name = Words(size="h1", weight=tokens.SEMIBOLD)
        self._identity = Words(size="small", tone="muted")
        self._weight, self._order = _Pair(), _Pair()
        self._allergy = Notice("Allergies", tone="danger", inset=(tokens.S3, tokens.S1))
        self._allergy_sign = Mark(SIGNS["danger"], colour="danger", size=tokens.ICON_LARGE)
        self._allergy_words = Words(tone="danger", weight=tokens.MEDIUM)
        self._mark = Notice("Mark", tone="warn", inset=(tokens.S2, tokens.S1))
        self._mark_words = Words(tone="warn", weight=tokens.BOLD, wraps=False)
        self._clock = Words(size="display", weight=tokens.SEMIBOLD, wraps=False)
        self._zone = Words(size="small", tone="muted", wraps=False)
        self._time = Column(gap=0)
        self._time.add(self._clock)
        self._time.add(self._zone)
        self._theme = Button(
            "Change the light of the screen (F9)", words="", sign="sun", kind=Kind.QUIET
        )
        self._keys = Button(
            "Keys on the screen (Ctrl+K)", words="", sign="keyboard", kind=Kind.QUIET
        )
        self._keys.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the field its focus
        self._help = Button("Help (Alt+.)", words="", sign="info", kind=Kind.QUIET)
        self._help.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lock = Button("Lock (Ctrl+L)", words="", sign="lock", kind=Kind.QUIET)
        self._locks = True
        self._low = False
        self._facts = QWidget()
        self._right = QWidget()
        self._corner = Corner()  # clock, keys, light, help and lock
        self._right.setLayout(self._corner)
        self._flow = AroundCorner(self._right)
        self._who = NameAndMark()
        self._line = QHBoxLayout(self)
        self._build()
        self.show_title("", "")
        self.set_mark("")
        self.dress(theme.look())

    def _build(self) -> None:
        who = QWidget()
        who.setLayout(self._who)
        self._who.add(self._name)
        self._who.add(self._identity)
        self._who.add(self._mark)
        allergies = Row(gap=tokens.S3)
        allergies.add_level(self._allergy_sign)
        allergies.add(self._allergy_words, stretch=1)
        self._allergy.add(allergies)
        self._mark.add(self._mark_words)
        self._facts.setLayout(self._flow)
        for part in (who, self._weight, self._order, self._allergy):
            self._flow.add(part)
        self._line.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        self._corner.add(self._time)
        for button, wanted in (
            (self._keys, self.keys_wanted),
            (self._theme, self.theme_wanted),
            (self._help, self.help_wanted),
            (self._lock, self.lock_wanted),
        ):
            say_tip(button, name_of(button))
            button.set_inset(tokens.S3)
            button.clicked.connect(wanted)
            self._corner.add(button)

    def show_patient(self, facts: StripFacts) -> None:
        """Show whom this visit is for."""
        self._name.verbatim = True
        self._name.setText(facts.name)
        self._identity.setText(facts.identity)
        self._weight.show_pair(facts.weighed, facts.weight)
        self._order.show_pair(facts.ordered, facts.order)
        tone: Tone = "danger" if facts.allergic else "muted"
        self._allergy.set_tone(tone)
        self._allergy_sign.set_sign(SIGNS[tone], colour=tone)
        self._allergy_words.setText("\n".join(facts.allergies))
        self._allergy_words.set_tone(tone)
        self._allergy.setVisible(True)
        spoken = (facts.name, facts.identity, *facts.allergies, facts.weight, facts.order)
        describe(self, ". ".join(part for part in spoken if part))
        self._settle_corner()

    def show_title(self, title: str, sub: str) -> None:
        """Show a title and a line beneath, where there is no patient."""
        self._name.verbatim = False
        self._name.setText(title)
        self._identity.setText(sub)
        self._weight.show_pair("", "")
        self._order.show_pair("", "")
        self._allergy.setVisible(False)
        describe(self, f"{title}. {sub}")
        self._settle_corner()

    def add(self, widget: QWidget) -> None:
        """Put something among the facts, for example the search."""
        self._flow.add(widget)
        self._settle_corner()

    def set_mark(self, mark: str) -> None:
        """A word that must not be missed, such as PRACTICE; empty takes it away."""
        self._mark_words.setText(mark)
        self._mark.setVisible(bool(mark))
        self._settle_corner()

    def set_low(self, *, low: bool) -> None:
        """In a low window it keeps its words and gives up the room around them."""
        if low != self._low:
            self._low = low
            self.dress(theme.look())

    def set_clock(self, clock: str, zone: str = "") -> None:
        """The time as the visit's clock shows it, and the zone that every time here is in."""
        came = not self._clock.text()
        self._clock.setText(clock)
        self._zone.setText(zone)
        self._zone.setVisible(bool(zone))
        if came:
            self._settle_corner()

    def hide_lock(self) -> None:
        """There is nothing to lock before the passphrase."""
        self._let_lock(locks=False)

    def show_lock(self) -> None:
        """A person is charting."""
        self._let_lock(locks=True)

    def _let_lock(self, *, locks: bool) -> None:
        self._locks = locks
        self._lock.setVisible(locks)
        self._settle_corner()

    def _settle_corner(self) -> None:
        """The help, where the facts take no further line for it or there is nothing to lock."""
        self._help.setVisible(not self._locks or self._helps_beside(theme.look()))

    def _helps_beside(self, look: Look) -> bool:
        gap, edges = look.px(tokens.S1), self._line.contentsMargins()
        width = self.width() - edges.left() - edges.right()
        parts = (self._time, self._keys, self._theme, self._lock)
        corner = sum(part.sizeHint().width() + gap for part in parts) - gap
        more = corner + self._help.sizeHint().width() + gap
        beside = self._flow.height_beside
        return more < width and beside(width, more) <= beside(width, corner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The help comes and goes with the width."""
        super().resizeEvent(event)
        self._settle_corner()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now what is in it has its letters."""
        super().showEvent(event)
        self._settle_corner()

    def dress(self, look: Look) -> None:
        """Scale the gaps and the least height."""
        down = look.px(tokens.S1 if self._low else tokens.S2)
        across = look.px(tokens.S4)
        self._line.setContentsMargins(across, down, across, down)
        self._flow.set_gaps(across, down)
        self._allergy.set_inset(tokens.S3, 0 if self._low else tokens.S1)
        self._corner.set_gaps(look.px(tokens.S1), look.px(tokens.S1))
        self._who.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
        self.setMinimumHeight(look.px(tokens.STRIP))
        self._settle_corner()

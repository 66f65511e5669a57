"""One item of the kit: present or missing, its last day where it has one, and what is noted."""

from datetime import date

from PySide6.QtCore import Signal

from ketachart.domain.arrival.kit import ItemFound
from ketachart.domain.facts.arrival import KitLine
from ketachart.domain.policy_care import KitItem
from ketachart.domain.typed import Unreadable
from ketachart.domain.wording import clock, day
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.timed import one
from ui.forms.vial import expiry_field
from ui.language.saying import say_name
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import LineField
from ui.widgets.text_field import TextField


class KitRow(Column):
    """P says present, M missing; nothing is chosen beforehand, and no date fills itself in."""

    changed = Signal()

    def __init__(self, desk: Desk, item: KitItem) -> None:
        super().__init__(gap=tokens.S2)
        self.item = item
        self.found = Choices(
            item.label,
            (Choice("present", "Present", key="P"), Choice("missing", "Missing", key="M")),
            columns=2,
        )
        self.expires: LineField | None = None
        self._before: date | None = None
        self._as_before: Button | None = None
        self.note = TextField(
            f"{item.label}: {item.notes or 'note'}", label=item.notes or "What is wrong"
        )
        self.add(self.found)
        if item.expires:
            self.expires = expiry_field(desk, f"{item.label}: last day of use on the label")
            self.add(self.expires)
            self._as_before = Button("As last time", kind=Kind.QUIET)
            self._as_before.clicked.connect(self._take_before)
            self.add(self._as_before)
        self.add(self.note)
        self.found.changed.connect(lambda _chosen: self._renew())
        if self.expires is not None:
            self.expires.typed.connect(lambda _read: self._renew())
        self._renew()

    def show_found(self, found: ItemFound) -> None:
        """What is charted already stands beside the name, and is never taken over by itself."""
        hint = "" if self.item.required else "optional"
        if found.line is not None:
            state = "present" if found.line.present else "missing"
            last = f", to {day(found.line.expires)}" if found.line.expires is not None else ""
            hint = f"{clock(found.checked_at)}: {state}{last}"
        self.found.set_label(self.item.label, hint=hint)

    def offer_day(self, last: date | None) -> None:
        """The day read at the last visit: one press takes it, once the label was read again."""
        self._before = last
        if last is not None and self._as_before is not None:
            self._as_before.set_words(f"Label still says {day(last)}")
            say_name(self._as_before, f"{self.item.label}: label still says {day(last)}")
        self._renew()

    def _take_before(self) -> None:
        if self.expires is not None and self._before is not None:
            self.expires.set_text(day(self._before))
            self.expires.setFocus()
            self._renew()

    def is_open(self) -> bool:
        """Whether nobody has said yet if it is there."""
        return not self.found.chosen()

    def line(self) -> KitLine | None:
        """What was found; None where nothing was said about it.

        Raises:
            Refused: the date cannot be read, or something is typed about an item nobody chose.
        """
        expires, note = self._last_day(), self.note.text().strip()
        state = one(self.found)
        if not state:
            if expires is not None or note:
                raise Refused(
                    f"{self.item.label}: present or missing?", rule="item not said", field=self.key
                )
            return None
        present = state == "present"
        return KitLine(
            item=self.item.code,
            present=present,
            expires=expires if present else None,
            note=note,
        )

    @property
    def key(self) -> str:
        """The name under which a refusal finds this row."""
        return f"item-{self.item.code}"

    def _last_day(self) -> date | None:
        if self.expires is None:
            return None
        read = self.expires.value()
        if isinstance(read, Unreadable):
            raise Refused(
                f"{self.item.label}: {read.sentence}", rule="unreadable", field=f"day-{self.key}"
            )
        return read if isinstance(read, date) else None

    def _renew(self) -> None:
        """A note is asked where the item has one, or is missing; what was typed stays in sight."""
        missing = one(self.found) == "missing"
        typed = bool(self.note.text().strip())
        self.note.setVisible(bool(self.item.notes) or missing or typed)
        if self.expires is not None:
            typed_day = bool(self.expires.text().strip())
            self.expires.setVisible(not missing or typed_day)
            there = one(self.found) == "present"
            if self._as_before is not None:
                self._as_before.setVisible(there and self._before is not None and not typed_day)
        self.changed.emit()

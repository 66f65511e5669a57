"""The kit check: every item present or missing, with the last day on its label."""

from ketachart.domain.arrival.kit import kit_found
from ketachart.domain.facts import Fact, KitChecked
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.arrival.kit_row import KitRow
from ui.forms.timed import TimedSheet
from ui.widgets.buttons import Button
from ui.widgets.tab_order import settle


class KitSheet(TimedSheet):
    """One act says that all is there; the last days are typed all the same."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Kit check", records="Record kit")
        self.all_present = Button("All present", sign="check", key=key_of("all-present"))
        self.all_present.clicked.connect(self._all_present)
        self.rows = {item.code: KitRow(desk, item) for item in desk.visit.protocol.kit}
        for row in self.rows.values():
            row.changed.connect(self.renew_primary)
            self.place(row.key, row.found)
            if row.expires is not None:
                self.place(f"day-{row.key}", row.expires)
        self.add_fields((self.all_present, *self.rows.values()), gap=tokens.S4)
        self.show_visit(desk.visit)

    def begin(self) -> None:
        """The last visit's days are looked up once the sheet is opened; none is taken over."""
        days = self.desk.office.last_kit(before=self.desk.room.stream)
        for code, row in self.rows.items():
            row.offer_day(days.get(code))
        settle(self.body)
        super().begin()

    def show_visit(self, visit: Visit) -> None:
        """What was found before, beside each item."""
        for found in kit_found(visit, self.desk.now()):
            if found.item.code in self.rows:
                self.rows[found.item.code].show_found(found)

    def act(self, name: str) -> bool:
        """The key says that all is there."""
        if name == "all-present":
            self._all_present()
            return True
        return False

    def _all_present(self) -> None:
        """Every item nobody has spoken of is there; then to the first last day to be typed."""
        for row in self.rows.values():
            if row.is_open():
                row.found.choose("present")
        dates = [row.expires for row in self.rows.values() if row.expires is not None]
        waiting = [day for day in dates if not day.text().strip() and not day.isHidden()]
        (waiting[0] if waiting else self.when).setFocus()

    def records(self) -> str:
        """How many items were looked at."""
        said = sum(not row.is_open() for row in self.rows.values())
        return f"Record {said} of {len(self.rows)}" if said else "Record kit"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """What was looked at; an item without a last day on a label that has one is asked again.

        Raises:
            Refused: nothing was looked at, or a date cannot be read.
        """
        lines = tuple(filter(None, (row.line() for row in self.rows.values())))
        for line in lines:
            row = self.rows[line.item]
            if row.expires is not None and line.present and line.expires is None and not confirmed:
                raise Refused(
                    f"{row.item.label}: type the last day on its label. If it cannot be read, "
                    "confirm it; the screening then asks.",
                    rule="expiry missing",
                    field=f"day-{row.key}",
                )
        return (KitChecked(at=self.when.moment(), lines=lines),)

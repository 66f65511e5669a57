"""A cannula that was placed, or tried: where, which gauge, and whether it runs."""

from typing import Literal

from ketachart.domain.facts import AccessPlaced, Fact
from ketachart.domain.quantities import Ml
from ketachart.domain.typed import decimal_number, whole_number
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.timed import TimedSheet, must_choose
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import NoteField, TextField


class PlaceAccessSheet(TimedSheet):
    """Every attempt is charted; a third one asks for a note."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "IV placed", records="Record IV")
        self._side = Choices(
            "Side", (Choice("left", "Left", key="L"), Choice("right", "Right", key="R")), columns=2
        )
        self._side.set_label("Side of the patient")
        self._site = TextField(
            "Site of the cannula", label="Site", placeholder="for example forearm"
        )
        self._gauge = NumberField("Gauge, G", label="Gauge", parse=whole_number, unit="G")
        self._attempts = NumberField(
            "Attempts in all, this one included", label="Attempts, this one too", parse=whole_number
        )
        self._tried = TextField(
            "Sites that were tried before and failed, with commas between",
            label="Tried before, and failed",
            placeholder="left hand, right forearm",
        )
        self._tried.hide()
        self._attempts.typed.connect(lambda _read: self._ask_sites())
        self._blood = YesNo("Blood came back")
        self._flushed = NumberField(
            "Flushed with, mL", label="Flushed with", parse=decimal_number, unit="mL"
        )
        self._flushed.set_hint("empty: not flushed")
        self._patent = YesNo("Flushes freely, no pain, no swelling")
        self._note = NoteField("Note", label="Note", lines=2)
        fields = {
            "side": self._side,
            "site": self._site,
            "gauge": self._gauge,
            "attempts": self._attempts,
            "tried": self._tried,
            "blood_return": self._blood,
            "flushed_ml": self._flushed,
            "patent": self._patent,
            "note": self._note,
        }
        self.add_fields(fields.values())
        for key, field in fields.items():
            self.place(key, field)

    def _ask_sites(self) -> None:
        """From the second attempt on, each site that failed before is asked for."""
        attempts = self._attempts.value()
        self._tried.setVisible(isinstance(attempts, int) and attempts > 1)

    def _sites(self) -> tuple[str, ...]:
        if self._tried.isHidden():
            return ()
        return tuple(filter(None, (site.strip() for site in self._tried.text().split(","))))

    def empty(self) -> None:
        """Clears the sheet."""
        super().empty()
        self._ask_sites()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The cannula as it was placed."""
        del confirmed
        side: Literal["left", "right"] = (
            "left" if must_choose(self._side, "Left or right?", "side") == "left" else "right"
        )
        flushed = reading.decimal(self._flushed, "Flushed with", "flushed_ml")
        return (
            AccessPlaced(
                at=self.when.moment(),
                side=side,
                site=reading.text(self._site, "Site of the cannula", "site"),
                gauge=_count(self._gauge, "Gauge", "gauge"),
                attempts=_count(self._attempts, "Attempts", "attempts"),
                tried=self._sites(),
                blood_return=self._blood.answer("blood_return"),
                flushed_ml=None if flushed is None else Ml(flushed),
                patent=self._patent.answer("patent"),
                note=self._note.text().strip(),
            ),
        )


def _count(field: NumberField, name: str, key: str) -> int:
    read = reading.whole(field, name, key)
    if read is None:
        raise Refused(f"Type the {name[:1].lower()}{name[1:]}.", rule=f"{key} missing", field=key)
    return read

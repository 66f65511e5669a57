"""Vials that came into custody: number, strength, lot, last day and NDC, read from the label."""

from datetime import date
from typing import Final

from ketachart.domain.facts import Fact, VialReceived
from ketachart.domain.facts.stock import Place
from ketachart.domain.typed import Unreadable
from ketachart.domain.wording import count, with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.stock.sheet import StockSheet
from ui.forms.timed import must_choose, one
from ui.forms.vial import expiry_field, vial_choices
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import TextField

PLACES: Final[dict[Place, str]] = {"safe": "Safe", "bag": "Bag", "home": "Home"}


class ReceiveSheet(StockSheet):
    """One label, and the numbers of all vials that carry it."""

    def __init__(self, desk: Desk) -> None:
        protocol = desk.office.protocol
        self._vials = {with_unit(v.strength_mg_per_ml): v for v in protocol.vials}
        self._numbers = TextField(
            "Seal or serial number, several with commas between",
            label="Seal or serial number",
            placeholder="55120, 55121",
        )
        self._strength = vial_choices(protocol.vials, columns=1)
        super().__init__(desk, "Receive vials", records="Record vial")
        self._strength.set_label("Strength on the label")
        self._lot = TextField("Lot on the label", label="Lot")
        self._expires = expiry_field(desk)
        self._ndc = TextField("National drug code, NDC", label="NDC", placeholder="42023-113-10")
        self._from = TextField("Who handed it over", label="From whom")
        self._place = Choices(
            "Where it lies now",
            tuple(
                Choice(code, words, key=str(n)) for n, (code, words) in enumerate(PLACES.items(), 1)
            ),
            columns=3,
        )
        self._place.set_label("Where it lies now")
        fields = {
            "vial": self._numbers,
            "strength_mg_per_ml": self._strength,
            "lot": self._lot,
            "expires": self._expires,
            "ndc": self._ndc,
            "from_whom": self._from,
            "place": self._place,
        }
        self.add_fields(fields.values())
        for key, field in fields.items():
            self.place(key, field)
        self._numbers.typed.connect(lambda _text: self.renew_primary())
        self._strength.changed.connect(lambda _chosen: self.renew_primary())

    def records(self) -> str:
        """How many vials of which strength."""
        chosen, numbers = one(self._strength), self._several()
        which = f", {chosen}," if chosen else ""
        return f"Record {count(max(len(numbers), 1), 'vial')}{which}"

    def _several(self) -> list[str]:
        parts = self._numbers.text().replace(";", ",").split(",")
        return [part.strip() for part in parts if part.strip()]

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """One fact for each number.

        Raises:
            Refused: something is missing or cannot be read.
        """
        del confirmed
        numbers = self._several()
        if not numbers:
            raise Refused("Type the number on the seal.", rule="vial missing", field="vial")
        vial = self._vials[
            must_choose(self._strength, "Which strength? Read the label.", "strength_mg_per_ml")
        ]
        lot = reading.text(self._lot, "Lot on the label", "lot")
        expires = self._expires.value()
        if not isinstance(expires, date):
            sentence = expires.sentence if isinstance(expires, Unreadable) else ""
            raise Refused(
                sentence or "Type the last day of use from the label.",
                rule="expires missing",
                field="expires",
            )
        place = must_choose(self._place, "Choose where it lies now.", "place")
        at = self.when.moment()
        return tuple(
            VialReceived(
                at=at,
                vial=number,
                strength_mg_per_ml=vial.strength_mg_per_ml,
                volume_ml=vial.volume_ml,
                lot=lot,
                expires=expires,
                ndc=self._ndc.text().strip(),
                from_whom=self._from.text().strip(),
                place=next(code for code in PLACES if code == place),
            )
            for number in numbers
        )

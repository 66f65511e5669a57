"""A vial taken out for this visit: chosen from the drug count, its strength read from the label."""

from datetime import date

from ketachart.domain.custody.book import Book, Held
from ketachart.domain.facts import Fact, VialTaken
from ketachart.domain.policy_drug import Vial
from ketachart.domain.typed import Unreadable, expiry_typed
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.names import next_vial, vial_choice
from ui.forms.timed import TimedSheet, must_choose
from ui.stock_reader import StockReader
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import UNJUDGED, Judgement, LineField, Standing
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField


class VialSheet(TimedSheet):
    """The strength is a forced choice; a free number is the tenfold error's beginning.

    A vial of the clinic's book fills lot, last day, NDC and seal. Its strength never: that is read
    from the label in the hand, and one that differs from the book is named.
    """

    def __init__(self, desk: Desk) -> None:
        self._vials = {with_unit(v.strength_mg_per_ml): v for v in desk.visit.protocol.vials}
        self._strength = vial_choices(desk.visit.protocol.vials, columns=1)
        super().__init__(desk, "Vial taken out", records="Record vial")
        self._strength.set_label("Which vial is in your hand")
        self._known: dict[str, Held] = {}
        self._custody = Offered("From the drug count", empty="")
        self._custody.set_label("From the drug count", hint="or type the label")
        self._custody.changed.connect(self._fill)
        self._custody.hide()
        self._strength.changed.connect(lambda _chosen: self.renew_primary())
        self._lot = TextField("Lot on the label", label="Lot")
        self._expires = expiry_field(desk)
        self._seal = TextField("Seal or serial number", label="Seal or serial number")
        self._ndc = TextField("National drug code, NDC", label="NDC")
        fields = {
            "custody": self._custody,
            "strength_mg_per_ml": self._strength,
            "lot": self._lot,
            "expires": self._expires,
            "seal": self._seal,
            "ndc": self._ndc,
        }
        self.add_fields(fields.values())
        for key, field in fields.items():
            self.place(key, field)
        self._reader = StockReader(desk, self)
        self._reader.ready.connect(self._offer)

    def _offer(self, known: Book, _found: object) -> None:
        """What is in the clinic's custody and not yet taken for this visit."""
        opened = self.desk.visit.opened if self.desk.has_visit else None
        here = opened.visit if opened else ""
        self._known = {item.number: item for item in known.held if here not in item.visits}
        self._custody.offer(tuple(vial_choice(item) for item in self._known.values()))
        self._custody.setVisible(bool(self._known))

    def _fill(self, chosen: tuple[str, ...]) -> None:
        """The label as the book has it; what is typed afterwards counts."""
        item = self._known.get(next(iter(chosen), ""))
        if item is not None:
            self._lot.set_text(item.lot)
            self._expires.set_text(day(item.expires))
            self._seal.set_text(item.number)
            self._ndc.set_text(item.ndc)

    def take(self, strength: str) -> None:
        """The strength that was chosen on the screen before the sheet was opened."""
        self._strength.choose(strength)

    def begin(self) -> None:
        """The focus goes to the vials of the book; else to the lot, the strength being chosen."""
        self._reader.start()
        super().begin()
        if self._known:
            self._custody.setFocus()
        elif self._strength.chosen():
            self._lot.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """The name that the vial will have."""
        del visit
        self.renew_primary()

    def records(self) -> str:
        """The vial's name and the strength that was chosen."""
        chosen = self._strength.chosen()
        if not chosen:
            return "Record vial"
        return f"Record {next_vial(self.desk.visit)}, {chosen[0]},"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The vial; an expired one is charted too, and stands against the start.

        Raises:
            Refused: something is missing, or the label in the hand is not the book's.
        """
        chosen = must_choose(
            self._strength, "Which vial is in your hand? Read the label.", "strength_mg_per_ml"
        )
        vial = self._vials[chosen]
        expires = self._expires.value()
        if not isinstance(expires, date):
            sentence = expires.sentence if isinstance(expires, Unreadable) else ""
            raise Refused(
                sentence or "Type the last day of use from the label.",
                rule="expires missing",
                field="expires",
            )
        seal = self._seal.text().strip()
        item = self._known.get(seal)
        if item is not None and item.strength != vial.strength_mg_per_ml and not confirmed:
            raise Refused(
                f"The book has {seal} as {with_unit(item.strength)}, and you chose {chosen}. Read "
                f"the label again. If it says {chosen}, confirm it, and correct the drug count.",
                rule="strength differs from the book",
                field="strength_mg_per_ml",
            )
        same = item is not None and item.strength == vial.strength_mg_per_ml
        return (
            VialTaken(
                at=self.when.moment(),
                vial=next_vial(self.desk.visit),
                strength_mg_per_ml=vial.strength_mg_per_ml,
                volume_ml=item.left.volume_at(item.strength) if item and same else vial.volume_ml,
                lot=reading.text(self._lot, "Lot on the label", "lot"),
                expires=expires,
                seal=seal,
                ndc=self._ndc.text().strip(),
            ),
        )


def expiry_field(desk: Desk, name: str = "Last day of use on the label") -> LineField:
    """The last day of use; says while typing whether it is over, by the chart's time."""

    def judge(value: object) -> Judgement:
        if isinstance(value, Unreadable):
            return Judgement(Standing.BAD, value.sentence, short="which day?")
        if not isinstance(value, date):
            return UNJUDGED
        if value < desk.now().date():
            return Judgement(Standing.BAD, f"Expired {day(value)}", short="expired")
        return Judgement(Standing.OK, f"To {day(value)}", short="in date")

    field = LineField(name, label="Expires", parse=expiry_typed, judge=judge)
    field.keep_lines(1)
    return field


def vial_choices(vials: tuple[Vial, ...], *, columns: int = 0) -> Choices:
    """The vials that are sold, keys 1 2 3, none of them chosen; 0 columns are as many as fit."""
    return Choices(
        "Which vial is in your hand",
        tuple(
            Choice(
                with_unit(vial.strength_mg_per_ml),
                with_unit(vial.strength_mg_per_ml),
                sub=vial_words(vial),
                key=str(place),
            )
            for place, vial in enumerate(vials, start=1)
        ),
        columns=columns,
    )


def vial_words(vial: Vial) -> str:
    """What the whole vial holds: “500 mg in 5 mL”."""
    holds = with_unit(vial.volume_ml.at(vial.strength_mg_per_ml))
    return f"{holds} in {with_unit(vial.volume_ml)}"

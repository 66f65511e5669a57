"""Ketamine from another source: how it is taken, how much, how often, and from whom."""

from typing import Any, Final, cast

from ketachart.domain.facts import Fact, OtherKetamine
from ui.desk import Desk
from ui.forms import reading
from ui.forms.day_field import DayField
from ui.forms.passage_texts import texts_about
from ui.forms.timed import TimedSheet, must_choose, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.passages import Passages
from ui.widgets.text_field import TextField

_ROUTES: Final = (
    Choice("oral", "By mouth", key="1"),
    Choice("intranasal", "Into the nose", key="2"),
    Choice("sublingual", "Under the tongue", key="3"),
    Choice("IM", "Into a muscle", key="4"),
    Choice("IV", "IV, elsewhere", key="5"),
    Choice("other", "Another way", key="6"),
)
_FROM: Final = (
    Choice("prescribed", "Prescribed", key="P"),
    Choice("not-prescribed", "Not prescribed", key="N"),
    Choice("not-said", "Not said", key="S"),
)
_ANY_ROUTE: Final = "other"


class OtherKetamineSheet(TimedSheet):
    """History, never an order; the texts beside it are for reference and propose no dose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Other ketamine", records="Record other ketamine")
        self.route = Choices("How it is taken", _ROUTES, columns=2)
        self.route.set_label("How it is taken")
        self.route.wrap_words()
        self.product = TextField("What it is", label="What it is")
        self.product.set_hint("as on its label")
        self.amount = TextField("How much at a time, with its unit", label="How much at a time")
        self.amount.set_hint("with its unit")
        self.often = TextField("How often", label="How often")
        self.last = DayField("Last taken on", label="Last taken on")
        self.whence = Choices("Where it comes from", _FROM, columns=2)
        self.whence.set_label("Where it comes from")
        self.prescriber = TextField("Who prescribes it", label="Who prescribes it")
        self.note = TextField("Anything else", label="Anything else")
        self.texts = Passages("Reference")
        self.add_fields(
            (
                self.route,
                self.texts,
                self.product,
                self.amount,
                self.often,
                self.last,
                self.whence,
                self.prescriber,
                self.note,
            )
        )
        self.route.changed.connect(lambda _chosen: self._show_texts())
        self.whence.changed.connect(lambda _chosen: self._ask_prescriber())
        for key, part in (
            ("route", self.route),
            ("product", self.product),
            ("amount", self.amount),
            ("how_often", self.often),
            ("last_on", self.last),
            ("from_whom", self.whence),
            ("prescriber", self.prescriber),
            ("note", self.note),
        ):
            self.place(key, part)
        self._show_texts()
        self._ask_prescriber()

    def _show_texts(self) -> None:
        """What the sources say of the chosen route; of any route where there is none."""
        protocol, route = self.desk.visit.protocol, one(self.route)
        about = texts_about(protocol, route) if route else ()
        self.texts.show_texts(about or texts_about(protocol, _ANY_ROUTE))

    def _ask_prescriber(self) -> None:
        self.prescriber.setVisible(one(self.whence) == "prescribed")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The other source as history.

        Raises:
            Refused: route, product or where it comes from is missing, or a day cannot be read.
        """
        del confirmed
        route = must_choose(self.route, "Choose how it is taken.", "route")
        product = reading.text(self.product, "What it is", "product")
        whence = must_choose(self.whence, "Choose where it comes from.", "from_whom")
        prescribed = whence == "prescribed"
        return (
            OtherKetamine(
                at=self.when.moment(),
                route=cast(Any, route),
                product=product,
                amount=self.amount.text().strip(),
                how_often=self.often.text().strip(),
                last_on=self.last.day("Last taken on", "last_on"),
                from_whom=cast(Any, whence),
                prescriber=self.prescriber.text().strip() if prescribed else "",
                note=self.note.text().strip(),
            ),
        )

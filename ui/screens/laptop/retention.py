"""The sheet in which a supervisor says how long visits stay on this laptop."""

from typing import Final

from PySide6.QtCore import Signal

from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, Standing
from ui.widgets.number_field import NumberField
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_HOW: Final = (
    "A visit may leave once the clinic has it, a verified backup holds it, and this many days have "
    "passed since it was signed. It leaves only when somebody presses the button."
)
_NEEDS: Final = "Type a whole number of days, such as 30, or choose that all stay."


def _days(text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit():
        raise Refused(_NEEDS, rule="days", field="days")
    return int(text)


class RetentionSheet(Column):
    """Nothing is chosen beforehand but what is in force; nothing typed is lost by a refusal."""

    kept = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=tokens.S3)
        self._desk = desk
        self.which = Choices(
            "How long visits stay",
            (
                Choice("stay", "All stay", sub="nothing leaves this laptop", key="1"),
                Choice("leave", "They may leave", sub="after some days", key="2"),
            ),
            columns=2,
        )
        self.days = NumberField(
            "Days after signing", label="Days after signing", parse=str, unit="days"
        )
        self.review = Choices(
            "Which visits",
            (
                Choice("reviewed", "Only reviewed ones", sub="the clinic gave its verdict"),
                Choice("received", "Received is enough", sub="its receipt came"),
            ),
            columns=2,
        )
        self.review.set_label("Which visits may leave?")
        self.said = Trouble("Why it was not saved")
        self.primary = PrimaryButton("Save", key=key_of("primary"))
        self.leave = Button("Leave it", key="Esc", kind=Kind.QUIET)
        self.which.wrap_words()
        self.review.wrap_words()
        foot = Row(gap=tokens.S3)
        foot.add(self.leave)
        foot.add(self.primary, stretch=1)
        for part in (
            Words("How long visits stay", size="h2", weight=tokens.SEMIBOLD),
            Words(_HOW, tone="muted"), self.which, self.days, self.review, self.said, foot,
        ):  # fmt: skip
            self.add(part)
        self.add_room()
        self.which.changed.connect(lambda _chosen: self._show())
        self.days.commit_on_enter()
        self.days.committed.connect(self.review.setFocus)
        self.primary.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)

    def show_policy(self) -> None:
        """What is in force, to be changed."""
        leaving = self._desk.keeping.leaving
        days = leaving.policy()
        self.which.choose("stay" if days is None else "leave")
        self.days.set_text("" if days is None else str(days))
        self.review.choose("received" if leaving.takes_unreviewed() else "reviewed")
        self.said.settle()
        self._show()
        self.which.setFocus()

    def _show(self) -> None:
        for part in (self.days, self.review):
            part.setVisible(self.which.chosen() == ("leave",))

    def _wanted(self) -> tuple[int | None, bool]:
        match self.which.chosen():
            case ("stay",):
                return None, False
            case ("leave",):
                return _days(self.days.text()), self.review.chosen() == ("received",)
            case _:
                raise Refused("Say whether visits stay or may leave.", rule="days", field="which")

    def _save(self) -> None:
        try:
            days, unreviewed = self._wanted()
            self._desk.keep_safe(
                lambda keeping: keeping.leaving.set_policy(days, unreviewed=unreviewed)
            )
        except KetaChartError as error:
            self.said.say("It was not saved", str(error))
            if isinstance(error, Refused) and error.field == "days":
                self.days.set_judgement(Judgement(Standing.BAD, short="look here"))
                self.days.setFocus()
            return
        self.kept.emit()

"""The pages of first start for a laptop that joins a clinic: which way, the card, the request."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ketachart.errors import CannotRead, KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.forms.founding import GuidePage
from ui.forms.kept_safe import KeptSafe
from ui.laptop import breakable
from ui.saving import save_file
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choices import Choice, Choices
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.joining import ReadCard
    from ketachart.charting.post_shapes import Packed

Way = Literal["found", "join"]

_FIRST: Final = "Choose the clinic's card first."
_COMPARE: Final = "Say whether the clinic read you the same. If not, do not join."
_DIFFER: Final = (
    "They differ: this card is not your clinic's, or was changed. Do not join with it. Ask the "
    "clinic for another card."
)


class _LastChoices(Choices):
    """Enter goes on to the next page, not to a field."""

    def _go_on(self) -> None:
        self.committed.emit()


class WayPage(GuidePage):
    """A clinic of one's own, or one that is there already; neither is chosen beforehand."""

    def __init__(self) -> None:
        super().__init__(
            "Is there a clinic already?",
            "The first laptop makes the clinic and vouches for its signatures. Every other one "
            "joins it.",
        )
        self.choices = _LastChoices(
            "Start or join a clinic",
            (
                Choice("found", "Start a new clinic", sub="this is its first laptop", key="1"),
                Choice("join", "Join a clinic", sub="with the card that it gave you", key="2"),
                Choice("restore", "Restore a backup", sub="of a laptop that was lost", key="3"),
            ),
            columns=3,
        )
        self.choices.wrap_words()
        self.choices.committed.connect(self.done)
        self.add(self.choices)
        self.take_choice("way", self.choices)

    def begin(self) -> None:
        """To the choice."""
        self.choices.setFocus()

    def restores(self) -> bool:
        """Whether a ledger is there already, on a stick."""
        return self.choices.chosen() == ("restore",)

    def way(self) -> Way:
        """What was chosen.

        Raises:
            Refused: nothing was.
        """
        match self.choices.chosen():
            case ("found",):
                return "found"
            case ("join",):
                return "join"
            case _:
                raise Refused(
                    "Choose first: press 1, 2 or 3.",
                    rule="way missing",
                    field="way",
                )


class CardPage(GuidePage):
    """The clinic's card, and whether its fingerprint is the one that the clinic reads out."""

    def __init__(self) -> None:
        super().__init__(
            "Which clinic do you join?",
            "Its card is a file that ends in .ketacard, on a stick or from a mail.",
        )
        self.card: ReadCard | None = None
        self.choose = Button("Choose the card", sign="folder")
        line = Row()
        line.add(self.choose)
        line.add_room()
        self.trouble = Trouble("Why it is no card")
        self._shown = Card("The clinic", gap=tokens.S2)
        self._shown.as_inset()
        self._name = Words(size="h2", weight=tokens.SEMIBOLD)
        self._phone = Words(size="small", tone="muted")
        self._groups = Words(size="h2", weight=tokens.MEDIUM)
        for words in (self._name, self._phone, self._groups):
            self._shown.add(words)
        self.compared = _LastChoices(
            "Compared by telephone",
            (Choice("same", "They are the same", key="1"), Choice("other", "They differ", key="2")),
            columns=2,
        )
        self.compared.set_label("Call the clinic. Does it read the same groups to you?")
        self.compared.committed.connect(self.done)
        for part in (line, self.trouble, self._shown, self.compared):
            self.add(part)
        self.take_choice("compared", self.compared)
        self._fields["card"] = self.choose
        self.choose.clicked.connect(self.ask)
        self._show()

    def begin(self) -> None:
        """To the card; to the answer once there is one."""
        if self.card is None:
            self.choose.setFocus()
        else:
            self.compared.setFocus()

    def ask(self) -> None:
        """Asks for the file and reads it; what was read before stays where it is none."""
        from ketachart.charting.joining import read_card

        kinds = "Clinics' cards (*.ketacard)"
        chosen = Dialogs.ask_files(self, "Choose the clinic's card", Path.home(), kinds)
        if not chosen:
            return
        try:
            self.card = read_card(chosen[0].read_bytes())
        except (KetaChartError, OSError) as error:
            why = str(error) if isinstance(error, CannotRead) else "It cannot be read there."
            self.trouble.say("That is no card", why)
            return
        self.trouble.settle()
        self.compared.choose()
        self._show()
        self.begin()

    def _show(self) -> None:
        card = self.card
        for part in (self._shown, self.compared):
            part.setVisible(card is not None)
        if card is not None:
            self._name.setText(card.clinic.name)
            self._phone.setText(f"Nurse line {card.clinic.phone}. The fingerprint of its root:")
            groups = card.groups.split()
            self._groups.setText(f"{' '.join(groups[:8])}\n{' '.join(groups[8:])}")

    def checked(self) -> "ReadCard":
        """The card, once it was compared.

        Raises:
            Refused: there is none, or it was not found to be the same.
        """
        if self.card is None:
            raise Refused(_FIRST, rule="card missing", field="card")
        match self.compared.chosen():
            case ("same",):
                return self.card
            case ("other",):
                raise Refused(_DIFFER, rule="card differs", field="compared")
            case _:
                raise Refused(_COMPARE, rule="not compared", field="compared")


class RequestPage(GuidePage):
    """What was made, and the one file that goes to the clinic now."""

    def __init__(self) -> None:
        super().__init__(
            "Now ask the clinic",
            "This laptop can chart. It can sign once the clinic has answered this request.",
        )
        self._desk: Desk | None = None
        self._packed: Packed | None = None
        self.save = Button("Save the request file", sign="usb")
        self.said = Trouble("What came of it")
        self._facts = FactsBox()
        box = Card("The request", gap=tokens.S2)
        box.as_inset()
        box.add(Words("Give this file to the clinic", weight=tokens.SEMIBOLD))
        box.add(
            Words(
                "On a stick or by mail; it is closed for the clinic alone. They will call you: "
                "read the groups of your key to them. Their answer is a package; take it in with "
                f"the post ({key_of('post')}).",
                size="small",
                tone="muted",
            )
        )
        line = Row()
        line.add(self.save)
        line.add_room()
        box.add(line)
        self.safe = KeptSafe()
        for part in (self._facts, box, self.said, self.safe):
            self.add(part)
        self.save.clicked.connect(self.save_request)

    def show_made(self, desk: Desk, packed: "Packed") -> None:
        """What stands on the disk now, and the request to be given."""
        self._desk, self._packed = desk, packed
        office = desk.office
        groups = office.certificates.waiting_fingerprint()
        self._facts.show_facts(
            (
                KeyValue("Clinic", office.clinic.name),
                KeyValue("Nurse", f"{office.nurse.name}, {office.nurse.credential}"),
                KeyValue("Ledger", breakable(desk.folder)),
                KeyValue("Your key", " ".join(groups[at : at + 4] for at in range(0, 64, 4))),
            )
        )

    def begin(self) -> None:
        """To the button."""
        self.save.setFocus()

    def save_request(self) -> None:
        """Asks where to; noted as packed once it is on the disk."""
        desk, packed = self._desk, self._packed
        if desk is None or packed is None:
            return
        place = Path.home() / packed.name
        path = Dialogs.ask_save_path(self, "Save the request file", place)
        if path is None:
            return
        try:
            save_file(path, packed.content)
            desk.mail(lambda post: post.sent(packed))
        except KetaChartError as error:
            self.said.say("The request was not saved", str(error))
            return
        self.said.say("Saved", breakable(path), tone="ok")


class FactsBox(Row):
    """A list of facts that is made anew."""

    def show_facts(self, facts: tuple[KeyValue, ...]) -> None:
        """These and no others."""
        self.empty()
        self.add(FactColumns("What was made", facts))

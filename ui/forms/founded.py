"""The last page of first start: what was made, the file that checks signatures, three keys."""

from typing import Final

from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.founding import GuidePage
from ui.forms.kept_safe import KeptSafe
from ui.laptop import breakable
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.key_hints import KeyHints
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_LEARN: Final = (
    (key_of("vitals"), "vitals"),
    (key_of("emergency"), "emergency, from anywhere in a visit"),
    (key_of("keys"), "all keys"),
)


class ReadyPage(GuidePage):
    """What was made, the file that checks signatures, and three keys to learn."""

    def __init__(self) -> None:
        super().__init__(
            "Ready",
            "This laptop can chart its first visit. Practise one first: a made-up patient, nothing "
            "is kept.",
        )
        self._facts = KeyValues("What was made")
        self.save = Button("Save the trust file", sign="shield-check")
        self.said = Trouble("What came of it")
        trust = Card("The clinic’s trust file", gap=tokens.S2)
        trust.as_inset()
        told = Column(gap=tokens.S2)
        told.add(Words("The clinic’s trust file", weight=tokens.SEMIBOLD))
        told.add(
            Words(
                "Whoever receives your signed charts needs it once, to check that they are your "
                "clinic’s and unchanged. It holds no secret.",
                size="small",
                tone="muted",
            )
        )
        line = Row(gap=tokens.S4)
        line.add(told, stretch=1)
        line.add_level(self.save)
        trust.add(line)
        learn = Card("Three keys to learn", gap=tokens.S2)
        learn.as_inset()
        learn.add(Words("Three keys to learn", weight=tokens.SEMIBOLD))
        learn.add(KeyHints(_LEARN))
        self.safe = KeptSafe()
        for part in (self._facts, self.safe, trust, self.said, learn):
            self.add(part)

    def show_made(self, desk: Desk) -> None:
        """What stands on the disk now."""
        office = desk.office
        made = [
            ("Clinic", office.clinic.name),
            ("Nurse", f"{office.nurse.name}, {office.nurse.credential}"),
            ("Ledger, encrypted, in", breakable(desk.folder)),
            ("Your key to sign with", "made, opens with your passphrase"),
            ("Protocol", office.protocol.edition),
        ]
        self._facts.show_facts(
            tuple(KeyValue(key, value, "text", "circle-check") for key, value in made)
        )

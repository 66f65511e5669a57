"""The last page of first start: what was made, the file that checks signatures, three keys."""

from typing import Final

from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.founding import GuidePage
from ui.forms.kept_safe import KeptSafe
from ui.laptop import breakable
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.key_hints import KeyHints
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.point_row import PointRow
from ui.widgets.trouble import Trouble

_LEARN: Final = (
    (key_of("vitals"), "vitals"),
    (key_of("emergency"), "emergency, from anywhere in a visit"),
    (key_of("keys"), "all keys"),
)
_TRUST: Final = "Whoever receives your signed charts needs it once, to check them. It is no secret."


class ReadyPage(GuidePage):
    """What was made, the file that checks signatures, and three keys to learn."""

    def __init__(self) -> None:
        super().__init__(
            "Ready",
            "This laptop can chart its first visit. Practise one first: a made-up patient, nothing "
            "is kept.",
        )
        self._facts = KeyValues("What was made")
        self.save = Button("Save the trust file")
        self.said = Trouble("What came of it")
        self.safe = KeptSafe()
        trust = PointRow("The clinic’s trust file")
        trust.show_point("The clinic’s trust file", note=_TRUST, sign="shield-check")
        trust.add_button(self.save)
        self.safe.add(trust)
        learn = Row(gap=tokens.S3)
        learn.add(KeyHints(_LEARN), stretch=1)
        for part in (self._facts, self.safe, self.said, learn):
            self.add(part)

    def show_made(self, desk: Desk) -> None:
        """What stands on the disk now."""
        office = desk.office
        made = [
            ("Clinic", office.clinic.name),
            ("Nurse", f"{office.nurse.name}, {office.nurse.credential}"),
            ("Ledger, encrypted, in", breakable(desk.folder)),
            ("Protocol", office.protocol.edition),
        ]
        self._facts.show_facts(
            tuple(KeyValue(key, value, "text", "circle-check") for key, value in made)
        )

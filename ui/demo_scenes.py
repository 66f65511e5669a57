"""Which made-up visits the practice clinic holds, and how far each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Scene:
    """A story as far as it is played: up to and with the ``nth`` line of a kind; all, if empty."""

    story: str
    kind: str
    nth: int
    ago: timedelta
    patient: str = ""  # the keys and values of the patient that are told otherwise
    series: int = 0  # told as this infusion of an induction series
    seal: str = ""  # of the vial in the clinic's drug book; the story's own where empty

    @property
    def rest(self) -> str:
        """The seal of what is left of the vial."""
        return f"SB-{self.seal}"


def _named(given: str, family: str, *, mrn: str, born: str) -> str:
    names = f'"mrn": "{mrn}", "given_name": "{given}", "family_name": "{family}"'
    return f'{names}, "birth_date": "{born}"'


NOW, DAY = timedelta(minutes=1), timedelta(days=1)
_AMARA = _named("Amara J.", "Okonkwo", mrn="004295", born="1979-12-11")
# Those of earlier days first: the drug is counted between them and those of today.
SCENES: Sequence[Scene] = (
    Scene("quiet_hour", "", 0, 24 * DAY, _AMARA, seal="55120"),
    Scene("paused_for_nausea", "", 0, 6 * DAY, _AMARA, series=1, seal="55121"),
    Scene("late_and_corrected", "", 0, 3 * DAY, _AMARA, series=2, seal="55122"),
    Scene(
        "quiet_hour",
        "patient-released",
        1,
        DAY,
        _named("Harriet P.", "Lindqvist", mrn="003918", born="1955-02-01"),
        seal="55123",
    ),
    Scene("screening_refuses", "", 0, timedelta(hours=5), seal="55129"),
    Scene("pressure_climbs", "", 0, timedelta(hours=4), seal="55124"),
    Scene(
        "quiet_hour",
        "instruction-taught",
        3,
        NOW,
        _named("Wen L.", "Zhao", mrn="004388", born="1997-05-09"),
        seal="55125",
    ),
    Scene(
        "pressure_climbs",
        "effect-noted",
        2,
        NOW,
        _named("Samir H.", "Haddad", mrn="004401", born="1964-08-30"),
        seal="55126",
    ),
    Scene("paused_for_nausea", "response-noted", 1, NOW, _AMARA, seal="55127"),
    Scene("quiet_hour", "vitals-taken", 7, NOW, seal="55128"),
    Scene(
        "quiet_hour",
        "screening-concluded",
        1,
        NOW,
        _named(
            "María de los Ángeles",
            "Fernández-Villavicencio Echeverría",
            mrn="004410",
            born="1990-01-02",
        ),
    ),
    Scene(
        "quiet_hour",
        "screening-answered",
        14,
        NOW,
        _named("Grace T.", "Holloway", mrn="004233", born="1988-06-17"),
    ),
)
# A colleague's visits, whose signed reports came in and wait for review.
COLLEAGUE: Sequence[Scene] = (
    Scene(
        "late_and_corrected",
        "",
        0,
        2 * DAY,
        _named("Dana M.", "Whitfield", mrn="003774", born="1984-04-21"),
        seal="55140",
    ),
    Scene(
        "paused_for_nausea",
        "",
        0,
        DAY,
        _named("Maja E.", "Sandoval", mrn="004350", born="1971-10-03"),
        seal="55141",
    ),
)

"""Pictures of everything as long as it comes: names, allergies, addresses, notes, a language."""

from dataclasses import replace
from datetime import timedelta

from tests.shot_stage import room

NAME = {
    "given_name": "María Guadalupe Concepción",
    "family_name": "Featherstonehaugh-Wojciechowska de la Torre y Villanueva",
}
NOTE = (
    "Severe photophobia since five in the morning; she keeps the blanket over her head and asks "
    "that nobody speak. Her sister, who drove four hours from Tucson, holds the basin. The "
    "otorhinolaryngologist's letter (electroencephalographically unremarkable) lies in the folder."
)


ALLERGIES = (
    ("Amoxicillin and clavulanic acid", "anaphylaxis, 2019, intubated"),
    ("Hydroxyethyl starch", "generalised urticaria and bronchospasm"),
    ("Latex", "contact dermatitis"),
)
ADDRESS = "12847 North Old Black Canyon Highway Frontage Road, Building 14, Apartment 2107, Phoenix"


def _long(desk):
    """The patient's name, allergies and home, and a note, as long as forms have shown them."""
    from ketachart.domain.facts import NoteWritten
    from ketachart.domain.facts.setting import Allergy

    desk.clock.pass_time(timedelta(minutes=1))
    told = tuple(Allergy(substance=what, reaction=how) for what, how in ALLERGIES)
    long = replace(
        desk.visit.patient,
        at=desk.now(),
        allergies=told,
        no_known_allergies=False,
        address=ADDRESS,
        access="Gate code 4417#, second bell from the top, two dogs behind the door",
        **NAME,
    )
    desk.record(long)
    desk.record(NoteWritten(at=desk.now(), text=NOTE))


for name, story, acts, moment in (
    ("long-screening", "quiet_hour", ("phase-1",), {"before": "screening-concluded"}),
    ("long-order", "quiet_hour", ("phase-2",), {"before": "pump-checked"}),
    ("long-infusion", "paused_for_nausea", ("phase-3",), {"until": "infusion-resumed"}),
    ("long-vitals", "paused_for_nausea", ("phase-3", "vitals"), {"until": "infusion-resumed"}),
    ("long-correction", "paused_for_nausea", ("log", "correct"), {"until": "infusion-resumed"}),
    ("long-sign", "quiet_hour", ("phase-6",), {}),
):
    room(name, story, ready=_long, **moment)(lambda hand, acts=acts: hand.act(*acts))


@room("long-day", "paused_for_nausea", until="infusion-resumed", ready=_long, visit=False)
def _long_day(hand):
    hand.rest()

"""The sheets of screening, order and dose, by the names under which they are opened."""

from ui.forms.action_column import MakeSheet
from ui.forms.adult import AdultSheet
from ui.forms.allergies import AllergiesSheet
from ui.forms.bag import BagSheet
from ui.forms.elsewhere import ElsewhereSheet
from ui.forms.explain_check import ExplainCheckSheet
from ui.forms.flush import FlushSheet
from ui.forms.identity import IdentitySheet
from ui.forms.intake import IntakeSheet
from ui.forms.not_started import NotStartedSheet
from ui.forms.override import OverrideSheet
from ui.forms.place_access import PlaceAccessSheet
from ui.forms.review.history import HistorySheet
from ui.forms.review.home_medicines import HomeMedicinesSheet
from ui.forms.review.symptoms import SymptomsSheet
from ui.forms.started_already import StartedAlreadySheet
from ui.forms.vial import VialSheet
from ui.forms.weight import WeightSheet

BEFORE_START: dict[str, MakeSheet] = {
    "identity": IdentitySheet,
    "allergies": AllergiesSheet,
    "adult": AdultSheet,
    "weight": WeightSheet,
    "intake": IntakeSheet,
    "home-medicines": HomeMedicinesSheet,
    "history": HistorySheet,
    "symptoms": SymptomsSheet,
    "override": OverrideSheet,
    "not-started": NotStartedSheet,
    "place-access": PlaceAccessSheet,
    "flush": FlushSheet,
    "vial": VialSheet,
    "bag": BagSheet,
    "explain-check": ExplainCheckSheet,
    "elsewhere": ElsewhereSheet,
    "started-already": StartedAlreadySheet,
}

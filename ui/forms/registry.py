"""Which sheets there are: the name is also the act that opens it (`ui/actions.py`)."""

from ui.forms.access import AccessSheet
from ui.forms.action_column import MakeSheet
from ui.forms.add import AddSheet
from ui.forms.addendum import AddendumSheet
from ui.forms.after_call import AfterCallSheet
from ui.forms.answer import AnswerSheet
from ui.forms.answer_question import AnswerQuestionSheet
from ui.forms.arrival import AT_THE_DOOR
from ui.forms.bag_change import BagChangeSheet
from ui.forms.before_start import BEFORE_START
from ui.forms.bolus import BolusSheet
from ui.forms.call import CallSheet
from ui.forms.correct import CorrectSheet
from ui.forms.criterion import CriterionSheet
from ui.forms.drafts import DraftsSheet
from ui.forms.effect import EffectSheet
from ui.forms.emergency_cause import EmergencyCauseSheet
from ui.forms.emergency_over import EmergencyOverSheet
from ui.forms.explain import ExplainSheet
from ui.forms.fluid import FluidSheet
from ui.forms.follow_up import FollowUpSheet
from ui.forms.marks import MarksSheet
from ui.forms.measure import MeasureSheet
from ui.forms.medicine import MedicineSheet
from ui.forms.no_ink import NoInkSheet
from ui.forms.not_done import NotDoneSheet
from ui.forms.note import NoteSheet
from ui.forms.order.change import OrderChangeSheet
from ui.forms.other_ketamine import OtherKetamineSheet
from ui.forms.paper import PaperSheet
from ui.forms.patient_sheets import PatientSheetsSheet
from ui.forms.pause import PauseSheet
from ui.forms.pump_read import PumpReadSheet
from ui.forms.put_off import PutOffSheet
from ui.forms.rate import RateSheet
from ui.forms.release import ReleaseSheet
from ui.forms.response import ResponseSheet
from ui.forms.resume import ResumeSheet
from ui.forms.scales.sheet import ScaleSheet
from ui.forms.score import ScoreSheet
from ui.forms.stop import StopSheet
from ui.forms.strike_last import StrikeLastSheet
from ui.forms.vitals import VitalsSheet
from ui.forms.waste import WasteSheet

SHEETS: dict[str, MakeSheet] = {
    **BEFORE_START,
    **AT_THE_DOOR,
    # the running visit
    "rate": RateSheet,
    "access": AccessSheet,
    "add": AddSheet,
    "answer": AnswerSheet,
    "bag-change": BagChangeSheet,
    "bolus": BolusSheet,
    "call": CallSheet,
    "correct": CorrectSheet,
    "drafts": DraftsSheet,
    "effect": EffectSheet,
    "fluid": FluidSheet,
    "marks": MarksSheet,
    "measure": MeasureSheet,
    "medicine": MedicineSheet,
    "not_done": NotDoneSheet,
    "note": NoteSheet,
    "order-change": OrderChangeSheet,
    "other-ketamine": OtherKetamineSheet,
    "paper": PaperSheet,
    "pause": PauseSheet,
    "pump-read": PumpReadSheet,
    "put-off": PutOffSheet,
    "response": ResponseSheet,
    "resume": ResumeSheet,
    "stop": StopSheet,
    "undo": StrikeLastSheet,
    "waste": WasteSheet,
    "vitals": VitalsSheet,
    # leaving, signing, an emergency
    "criterion": CriterionSheet,
    "scale": ScaleSheet,
    "score": ScoreSheet,
    "release": ReleaseSheet,
    "no_ink": NoInkSheet,
    "sheets": PatientSheetsSheet,
    "follow_up": FollowUpSheet,
    "explain": ExplainSheet,
    "emergency_cause": EmergencyCauseSheet,
    "emergency_over": EmergencyOverSheet,
    # once it is signed
    "addendum": AddendumSheet,
    "answer-question": AnswerQuestionSheet,
    "after-call": AfterCallSheet,
}

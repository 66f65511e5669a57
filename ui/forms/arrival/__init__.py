"""The sheets of the door: kit, home, clocks, times of the visit, the last look before the start."""

from ui.forms.action_column import MakeSheet
from ui.forms.arrival.clock import ClockSheet
from ui.forms.arrival.home import HomeSheet
from ui.forms.arrival.kit import KitSheet
from ui.forms.arrival.time_out import TimeOutSheet
from ui.forms.arrival.visit_times import VisitTimesSheet

AT_THE_DOOR: dict[str, MakeSheet] = {
    "visit-times": VisitTimesSheet,
    "clock": ClockSheet,
    "home": HomeSheet,
    "kit": KitSheet,
    "time-out": TimeOutSheet,
}

"""Where the screen of each phase is made; each is imported when it is first looked at."""

from collections.abc import Callable

from ketachart.domain.course import Phase
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.screens.phase import PhaseScreen


def _screening(desk: Desk, column: ActionColumn) -> PhaseScreen:
    from ui.screens.screening import ScreeningScreen

    return ScreeningScreen(desk, column)


def _order(desk: Desk, column: ActionColumn) -> PhaseScreen:
    from ui.screens.order import OrderScreen

    return OrderScreen(desk, column)


def _infusion(desk: Desk, column: ActionColumn) -> PhaseScreen:
    from ui.screens.infusion import InfusionScreen

    return InfusionScreen(desk, column)


def _observation(desk: Desk, column: ActionColumn) -> PhaseScreen:
    from ui.screens.observation import ObservationScreen

    return ObservationScreen(desk, column)


def _instructions(desk: Desk, column: ActionColumn) -> PhaseScreen:
    from ui.screens.instructions import InstructionsScreen

    return InstructionsScreen(desk, column)


def _sign(desk: Desk, column: ActionColumn) -> PhaseScreen:
    from ui.screens.sign import SignScreen

    return SignScreen(desk, column)


PHASE_SCREENS: dict[Phase, Callable[[Desk, ActionColumn], PhaseScreen]] = {
    "screening": _screening,
    "order": _order,
    "infusion": _infusion,
    "observation": _observation,
    "instructions": _instructions,
    "sign": _sign,
}

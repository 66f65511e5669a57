"""Pictures of order and dose: the order, the pump check, the sheets before the start."""

from dataclasses import replace
from datetime import timedelta

from tests.shot_stage import room
from tests.shot_stock import with_vials


def _long_order(desk):
    from tests.domain.test_order_rules import FULL

    desk.clock.pass_time(timedelta(minutes=1))
    desk.record(replace(desk.visit.order, at=desk.now(), **FULL))


@room("order-long", before="vial-taken", ready=_long_order)
def _order_long(hand):
    hand.act("phase-2")


def _with_past(desk):
    from tests.ui.test_series import past

    desk.clock.pass_time(timedelta(minutes=1))
    desk.record(past(desk.now()))


@room("order-series", "paused_for_nausea", before="pump-checked", ready=_with_past)
def _order_series(hand):
    hand.act("phase-2")


@room("infusion-series", "paused_for_nausea", until="infusion-resumed", ready=_with_past)
def _infusion_series(hand):
    hand.act("phase-3")


@room("door-series", "paused_for_nausea", before="pump-checked", ready=_with_past, visit=False)
def _door_series(hand):
    hand.rest()


@room("order-gravity", before="pump-checked")
def _order_gravity(hand):
    hand.act("phase-2")
    hand.take("Gravity")


def _check(hand, *typed):
    hand.act("phase-2")
    hand.actions()
    hand.take("Who reads the pump: You alone")
    hand.act("primary")
    hand.pass_time(seconds=61)
    names = ("Rate on the pump", "Volume to infuse on the pump", "Strength on the label")
    for name, text in zip(names, typed, strict=True):
        hand.write(name, text)
    hand.act("primary")


@room("pump-tenfold", before="pump-checked")
def _pump_tenfold(hand):
    _check(hand, "171", "17.1", "2")


@room("pump-per-hour", before="pump-checked")
def _pump_per_hour(hand):
    _check(hand, "34.2", "17.1", "2")


@room("pump-per-kg-hour", "paused_for_nausea", before="pump-checked")
def _pump_per_kg_hour(hand):
    _check(hand, "17.1", "17.1", "2")


@room("pump-hidden", before="pump-checked")
def _pump_hidden(hand):
    hand.act("phase-2")
    hand.actions()
    hand.take("Who reads the pump: You alone")
    hand.act("primary")


@room("sheet-vial", before="vial-taken", ready=with_vials)
def _sheet_vial(hand):
    hand.act("phase-2")
    hand.window.screen_shown.action_column.open_sheet("vial")
    hand.rest()


@room("sheet-bag", until="vial-taken")
def _sheet_bag(hand):
    hand.act("phase-2")
    hand.window.screen_shown.action_column.open_sheet("bag")
    hand.rest()


def _by_ideal_weight(desk):
    desk.clock.pass_time(timedelta(minutes=1))
    order = replace(desk.visit.order, at=desk.now(), weight_basis="ideal", weight_formula="devine")
    desk.record(order)


@room("sheet-weight", before="weight-measured", ready=_by_ideal_weight)
def _sheet_weight(hand):
    hand.window.screen_shown.action_column.open_sheet("weight")
    hand.rest()
    hand.write("What the scale says", "150.8")
    hand.take("Unit of the scale: lb")


@room("sheet-other-ketamine")
def _sheet_other(hand):
    hand.act("phase-1", "other-ketamine")
    hand.take("How it is taken: Into the nose")


@room("sheet-elsewhere")
def _sheet_elsewhere(hand):
    hand.act("phase-1", "elsewhere")

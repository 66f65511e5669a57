"""Six letters over the phone: equal only where every single field of the order is equal."""

import dataclasses
import typing
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.dose.phone_code import PHONE_LETTERS, phone_code
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    Quantity,
)
from ketachart.domain.shape import from_plain, hints_of, to_plain
from tests.helpers.story import Story

PATIENT = Story().patient().visit().patient
DOSE = Mg(35)
ORDER = (
    Story()
    .order(
        expires_on=date(2026, 12, 20),
        ceiling_mg=Mg(50),
        start_rate_mg_kg_h=MgPerKgPerHour("0.1"),
        highest_rate_mg_kg_h=MgPerKgPerHour("0.3"),
        weight_basis="adjusted",
        weight_formula="devine",
        dosing_weight_kg=Kg("70.9"),
        titration=(
            f.TitrationStep(
                after_min=Minutes(20), rate_mg_kg_h=MgPerKgPerHour("0.2"), condition="pain over 4"
            ),
        ),
        priming=f.LinePriming(fluid="drug", volume_ml=Ml(12)),
        monitoring=f.MonitoringPlan(
            vitals_every_min=5, observe_min=Minutes(90), continuous=("spo2",)
        ),
        adjuncts=(
            f.Adjunct(
                kind="magnesium",
                what="magnesium sulfate",
                dose="1",
                unit="g",
                route="IV",
                over_min=Minutes(20),
                note="first",
            ),
        ),
        strength_mg_per_ml=MgPerMl(2),
        bolus_max_mg_per_kg=MgPerKg("0.1"),
        prn=(f.PrnOrder(medicine="ondansetron", dose="4", unit="mg", interval_min=Minutes(20)),),
        limits=(
            Limit(
                sign="systolic",
                when="during",
                level="pause",
                above=Decimal(150),
                at_least=Decimal(150),
                below=Decimal(90),
                at_most=Decimal(90),
                above_baseline_percent=Decimal(20),
                not_in=(Decimal(1),),
                source="the order",
            ),
        ),
        series_number=2,
        series_of=5,
        note="n",
    )
    .visit()
    .order
)


def other(value, hint):
    """Another value of the same kind, whatever the kind is."""
    allowed = [arm for arm in typing.get_args(hint) if typing.get_origin(arm) is Literal]
    if typing.get_origin(hint) is typing.Annotated:
        return other(value, typing.get_args(hint)[0])
    if typing.get_origin(hint) is Literal or allowed:
        choices = typing.get_args(allowed[0] if allowed else hint)
        return next((choice for choice in choices if choice != value), None)
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, Decimal)):
        return value + 1
    if isinstance(value, Quantity):
        return type(value)(value.amount + 1)
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    assert isinstance(value, str), value
    return value + "x"


def changed_one_by_one(value, where="order"):
    """Every variant of a value in which exactly one field, row or word is another."""
    for field in dataclasses.fields(value):
        name, now = field.name, getattr(value, field.name)
        hint = hints_of(type(value))[name]
        place = f"{where}.{name}"
        if isinstance(now, tuple):
            assert now, f"{place} is empty: this test would not look at it"
            yield f"{place} without", dataclasses.replace(value, **{name: ()})
            yield f"{place} twice", dataclasses.replace(value, **{name: now + now})
            if dataclasses.is_dataclass(now[0]):
                for inner, row in changed_one_by_one(now[0], place):
                    yield inner, dataclasses.replace(value, **{name: (row,)})
        elif dataclasses.is_dataclass(now) and not isinstance(now, Quantity):
            for inner, part in changed_one_by_one(now, place):
                yield inner, dataclasses.replace(value, **{name: part})
        else:
            assert now is not None, f"{place} is empty: this test would not look at it"
            variant = other(now, hint)
            if variant is not None:
                yield place, dataclasses.replace(value, **{name: variant})


VARIANTS = dict(changed_one_by_one(ORDER))


def test_the_test_looks_at_every_field_of_an_order_but_the_one_route_there_is():
    names = {place.split(".")[1].split()[0] for place in VARIANTS}
    assert names == {field.name for field in dataclasses.fields(ORDER)} - {"route"}


def test_any_single_field_of_the_order_gives_another_code():
    codes = {place: phone_code(PATIENT, order, DOSE) for place, order in VARIANTS.items()}
    first = phone_code(PATIENT, ORDER, DOSE)
    assert codes.pop("order.at") == first
    assert [place for place, code in codes.items() if code == first] == []
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize("name", ["mrn", "given_name", "family_name", "birth_date"])
def test_another_patient_gives_another_code(name):
    hint = hints_of(f.PatientRecorded)[name]
    someone = dataclasses.replace(PATIENT, **{name: other(getattr(PATIENT, name), hint)})
    assert phone_code(someone, ORDER, DOSE) != phone_code(PATIENT, ORDER, DOSE)


def test_another_dose_gives_another_code_and_so_does_none_yet():
    codes = {phone_code(PATIENT, ORDER, dose) for dose in (DOSE, Mg("35.01"), None)}
    assert len(codes) == 3


def test_the_same_order_on_two_machines_gives_the_same_code():
    sent = from_plain(f.OrderRecorded, to_plain(ORDER))
    typed = dataclasses.replace(sent, dose_mg_per_kg=MgPerKg("0.50"), at=ORDER.at.astimezone())
    assert phone_code(PATIENT, typed, Mg("35.0")) == phone_code(PATIENT, ORDER, DOSE)


def test_the_code_is_two_groups_of_three_letters_that_are_told_apart_on_the_phone():
    code = phone_code(PATIENT, ORDER, DOSE)
    assert [len(part) for part in code.split(" ")] == [3, 3]
    assert set(code) - {" "} <= set(PHONE_LETTERS)
    assert not set("0O1IL5S2Z8B") & set(PHONE_LETTERS)

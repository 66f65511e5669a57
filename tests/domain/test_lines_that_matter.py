"""Lines that could be turned round without another test of the same part going red."""

from datetime import timedelta

from ketachart.domain import facts as f
from ketachart.domain.counts import charted_as_left
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import Mg
from tests.helpers.story import Story


def test_the_orders_ceiling_holds_the_planned_dose_down():
    told = Story().patient().order(ceiling_mg=Mg(30)).weight("100").visit()
    assert planned_dose(told) == Mg(30)  # 0.5 mg/kg × 100 kg would be 50 mg
    below = Story().patient().order(ceiling_mg=Mg(60)).weight("100").visit()
    assert planned_dose(below) == Mg(50)


def test_what_is_left_is_counted_for_its_own_vial_or_bag():
    told = Story().vial().bag("2", "20")
    for source, mg in (("B1", "4"), ("V1", "9"), ("B1", "1")):
        told.tell(f.DrugReturned(at=told.at(5), amount_mg=Mg(mg), source=source, seal="S"))
    assert charted_as_left(told.visit(), "B1") == Mg(5)
    assert charted_as_left(told.visit(), "V1") == Mg(9)


def test_a_bolus_in_the_middle_of_a_stretch_counts_from_its_own_minute():
    told = Story().start_pump(0, "30", strength="1").bolus(20, "10").stop(60)
    run = delivery(told.visit(), told.at(60))
    assert run.reaches(Mg(5)) == told.at(10)  # 30 mg/h
    assert run.reaches(Mg(20)) == told.at(20)  # 10 mg by then, and the bolus of 10
    assert run.reaches(Mg(25)) == told.at(20) + timedelta(minutes=10)

"""What a chart says in two ways: for each rule one chart that does, and one that does not."""

from decimal import Decimal

import pytest

from ketachart.commands import script
from ketachart.domain import facts as f
from ketachart.domain.facts.setting import Allergy
from ketachart.domain.found.contradictions import contradictions
from ketachart.domain.found.findings import findings, standing
from ketachart.domain.quantities import Kg, MlPerHour
from tests.helpers.stories import FOLDER
from tests.helpers.story import Story


def started(**patient):
    """70 kg, 0.5 mg/kg over an hour: 35 mg, at 2 mg/mL 17.5 mL/h."""
    story = Story().patient(**patient).order().weight("70").full(-5, pain=6)
    return story.start_pump(0, "17.5", strength="2")


def over(**values):
    """Ran as ordered, and was released in somebody's care."""
    return released(adult(started().full(30, 128, 80).stop(60).full(90, 122, 74)), 120, **values)


def adult(story):
    return story.tell(
        f.AdultNamed(at=story.at(-8), name="Marco", phone="6", of_age=True, sober=True, stays=True)
    )


def released(story, minute, outcome="criteria-met", to="Marco", **values):
    return story.tell(f.PatientReleased(at=story.at(minute), outcome=outcome, to=to, **values))


def medicine(story, minute, name="ondansetron", **values):
    told = {"dose": Decimal(4), "unit": "mg", "against": "emergency", **values}
    return story.tell(f.MedicineGiven(at=story.at(minute), medicine=name, **told))


def measure(story, minute, *measures, effect=""):
    return story.tell(f.MeasureTaken(at=story.at(minute), measures=measures, effect=effect))


def rate(story, minute, reason):
    return story.tell(f.RateSet(at=story.at(minute), rate_ml_h=MlPerHour("20"), reason=reason))


def call(story, minute, **values):
    told = {"to": "Dr A. Okafor", "said": "20 mL/h", "read_back": True, **values}
    return story.tell(f.CallMade(at=story.at(minute), **told))


def weighed(now, last):
    story = Story().patient().order()
    return story.weight(now, last_weight_kg=Kg(last), confirmed=True)


def taught(story, minute, **who):
    return story.tell(
        f.InstructionTaught(
            at=story.at(minute), instruction="driving", **(who or {"patient": "said"})
        )
    )


def sheet(story, *to):
    return story.tell(f.HandoutGiven(at=story.at(80), to=to))


def same(sets, **values):
    story = started()
    for place in range(sets):
        story.full(10 + 10 * place, 130, 80, **values)
    return story


def ran(minutes, reason="complete"):
    return started().stop(minutes, reason=reason)


def paused(reason, systolic=130, **values):
    return started().full(20, systolic, 80).pause(22, reasons=(reason,), **values)


def drowsy(at_start, at_end, outcome="criteria-met", sign="rass"):
    story = adult(Story().patient().order().weight("70").vitals(-5, **{sign: at_start}))
    story.start_pump(0, "17.5", strength="2").stop(60).vitals(100, **{sign: at_end})
    return released(story, 120, outcome, reason="r")


# The rule's code, a chart that says it in two ways, and one that does not.
RULES = {
    "antiemetic-without-nausea": (
        medicine(started(), 20), medicine(started().effect(18, "nausea", 1), 20),
    ),
    "antiemetic-without-nausea, scored": (
        medicine(started().full(18, nausea=0), 20), medicine(started().full(18, nausea=1), 20),
    ),
    "antiemetic-without-nausea, ordered before": (
        medicine(started(), 20), medicine(started(), 20, against="adjunct"),
    ),
    "allergy-given": (
        medicine(started(allergies=(Allergy(substance="Zofran"),)), 20),
        medicine(started(allergies=(Allergy(substance="Zofran"),)), 20, despite="it was nausea"),
    ),
    "allergy-given, another": (
        medicine(started(allergies=(Allergy(substance="zofran"),)), 20),
        medicine(started(allergies=(Allergy(substance="penicillin"),)), 20),
    ),
    "sedation-and-awake": (
        started().effect(20, "sedation", 2).full(22, rass=0),
        started().effect(20, "sedation", 2).full(22, rass=-1),
    ),
    "sedation-and-awake, not scored": (
        started().effect(20, "sedation", 2).full(22, rass=0),
        started().effect(20, "sedation", 2).bp(22, 120, 70),
    ),
    "oxygen-without-cause": (
        measure(started().full(20), 22, "oxygen"),
        measure(started().full(20, spo2=88), 22, "oxygen"),
    ),
    "oxygen-without-cause, side effect": (
        measure(started(), 22, "oxygen"),
        measure(started().effect(20, "breathing", 1), 22, "oxygen"),
    ),
    "pause-pressure": (paused("pressure", 130), paused("pressure", 182)),
    "pause-pressure, noted": (
        paused("pressure"), paused("pressure", note="cuff read 190, not repeated"),
    ),
    "pause-pulse": (paused("pulse"), paused("bathroom")),
    "pause-oxygen": (
        paused("oxygen"), started().full(20, spo2=86).pause(22, reasons=("oxygen",)),
    ),
    "same-sets": (same(4), same(3)),
    "same-sets, empty": (same(4), started().vitals(10, pain=2).vitals(20, pain=2)),
    "weight-jump": (weighed("78", "70"), weighed("77", "70")),
    "weight-jump, lighter": (weighed("62.9", "70"), weighed("63", "70")),
    "weight-jump, authorised": (
        weighed("90", "70"),
        weighed("90", "70").tell(
            f.OverrideAuthorised(
                at=Story().at(1), about="weight", by="Dr", read_back=True, reason="oedema"
            )
        ),
    ),
    "complete-and-short": (ran(53), ran(54)),
    "complete-and-short, asked": (ran(30), ran(30, "patient")),
    "pain-and-rate": (
        rate(started().full(20, pain=0), 21, "pain-not-better"),
        rate(started().full(20, pain=1), 21, "pain-not-better"),
    ),
    "pain-and-rate, better": (
        rate(started().full(20, pain=8), 21, "pain-better"),
        rate(started().full(20, pain=6), 21, "pain-better"),
    ),
    "prescriber-without-call": (
        rate(started(), 20, "prescriber"), call(rate(started(), 20, "prescriber"), 19),
    ),
    "prescriber-without-call, in vain": (
        call(rate(started(), 20, "prescriber"), 19, reached=False),
        call(rate(started(), 20, "prescriber"), 25),
    ),
    "released-drowsy-rass": (drowsy(0, -1), drowsy(0, 0)),
    "released-drowsy-rass, as before": (drowsy(0, -2), drowsy(-2, -2)),
    "released-drowsy-rass, with the crew": (drowsy(0, -3), drowsy(0, -3, "to-ems")),
    "released-drowsy-moaas": (drowsy(5, 4, sign="moaas"), drowsy(5, 5, sign="moaas")),
    "released-without-adult": (
        released(started().stop(60), 120, "against-advice", reason="r"), over(),
    ),
    "vitals-after-release": (over().full(121), over().full(119, 123)),
    "taught-after-release": (taught(over(), 126), taught(over(), 125)),
    "sheet-without-adult": (
        sheet(started().stop(60), "adult"), sheet(adult(started().stop(60)), "adult"),
    ),
    "sheet-without-adult, the patient": (
        sheet(started().stop(60), "adult"), sheet(started().stop(60), "patient"),
    ),
    "taught-without-adult": (
        taught(started().stop(60), 80, adult="said"), taught(started().stop(60), 80),
    ),
}  # fmt: skip


def codes(story):
    return [finding.code for finding in contradictions(story.visit())]


@pytest.mark.parametrize("rule", RULES)
def test_a_contradiction_is_named_and_what_fits_is_not(rule):
    wrong, right = RULES[rule]
    code = rule.partition(",")[0]
    assert [one for one in codes(wrong) if one.startswith(code)]
    assert not [one for one in codes(right) if one.startswith(code)]


@pytest.mark.parametrize("rule", RULES)
def test_each_leads_to_its_place_and_a_reason_silences_it_in_the_record(rule):
    story = RULES[rule][0]
    code = rule.partition(",")[0]
    visit = story.visit()
    found = next(one for one in findings(visit, story.at(200)) if one.code.startswith(code))
    assert found.severity == "reason"
    assert visit.entry(found.entry) is not None
    assert found.detail
    said = f.FindingExplained(at=story.at(130), finding=found.code, reason="looked at again")
    explained = Story(start=story.start)
    explained.entries = list(story.entries)
    explained.tell(said)
    left = {one.code for one in standing(explained.visit(), story.at(200))}
    assert found.code not in left
    assert found.code in {one.code for one in findings(explained.visit(), story.at(200))}


def test_an_older_protocol_without_the_numbers_asks_nothing_of_them():
    from dataclasses import replace

    from ketachart import house

    whole = house.shipped_protocol()
    values = tuple(v for v in whole.values if v.code not in ("complete.least", "same.sets"))
    story = same(4).stop(20)
    story.entries[2] = replace(
        story.entries[2],
        fact=f.ProtocolAdopted(at=story.start, protocol=replace(whole, values=values)),
    )
    assert codes(story) == []


def told(path):
    """The visit that a story tells, folded without a ledger."""
    story = Story()
    story.entries = story.entries[2:]  # the protocol
    for line in script.read(path):
        name = line.id or f"line-{line.number}"
        if line.entry:  # a strike, or a correction
            story.tell(
                f.EntryStruck(at=line.at, entry=line.entry, reason=line.reason, replaced_by=name)
            )
        if line.fact is not None:
            story.tell(line.fact, entry_id=name)
    return story.visit()


def test_no_story_that_is_told_well_is_asked_about():
    for path in sorted(FOLDER.glob("**/*.jsonl")):
        visit = told(path)
        explained = {said.finding for said in visit.facts(f.FindingExplained)}
        asked = [
            (one.code, one.sentence)
            for one in contradictions(visit)
            if one.code.rpartition("-")[0] not in {code.rpartition("-")[0] for code in explained}
        ]
        assert (path.name, asked) == (path.name, [])

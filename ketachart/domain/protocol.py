"""The clinic's protocol: every limit, interval, question and sentence, each with its source.

Nothing clinical is written in code. The shipped defaults stand in ``resources/*.toml`` with the
codes of their sources, and what each code stands for; a visit carries the protocol it was made
under, whole, in its own record.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from ketachart.domain.policy import (
    Choice,
    Criterion,
    ExtraRound,
    Goal,
    Instruction,
    Limit,
    Medicine,
    Passage,
    PolicyValue,
    Reference,
    Round,
    ScaleStep,
    ScreeningItem,
    Sign,
)
from ketachart.domain.policy_care import (
    GradeWords,
    Interaction,
    KitItem,
    Pathway,
    Scale,
    ScaleItem,
    SheetLine,
    TimeOutStep,
)
from ketachart.domain.policy_drug import DropFactor, StateRule, Vial, WeightFormula
from ketachart.domain.quantities import (
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Ml,
    MlPerHour,
)
from ketachart.domain.shape import Says
from ketachart.domain.sources import Cited, cite


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """One edition of the clinic's protocol."""

    id: Annotated[str, Says("Name of the protocol.")]
    version: Annotated[str, Says("Its edition.")]
    title: Annotated[str, Says("As it is printed.")]
    values: Annotated[tuple[PolicyValue, ...], Says("Numbers of the policy.")]
    signs: Annotated[tuple[Sign, ...], Says("Vital signs and scores.")]
    limits: Annotated[tuple[Limit, ...], Says("Limits of the signs.")]
    goals: Annotated[tuple[Goal, ...], Says("Goals and their ranges.")]
    vials: Annotated[tuple[Vial, ...], Says("Vials in use.")]
    rounds: Annotated[tuple[Round, ...], Says("Regular sets.")]
    extra_rounds: Annotated[tuple[ExtraRound, ...], Says("Extra sets.")]
    screening: Annotated[tuple[ScreeningItem, ...], Says("Questions before the start.")]
    criteria: Annotated[tuple[Criterion, ...], Says("What must hold before leaving.")]
    instructions: Annotated[tuple[Instruction, ...], Says("What the patient is told.")]
    choices: Annotated[tuple[Choice, ...], Says("Lists to pick from.")]
    medicines: Annotated[tuple[Medicine, ...], Says("Medicines of the service.")]
    scales: Annotated[tuple[ScaleStep, ...], Says("Steps of the scales.")]
    states: Annotated[tuple[StateRule, ...], Says("Rules of the states.")] = ()
    formulas: Annotated[tuple[WeightFormula, ...], Says("Ideal body weights.")] = ()
    drop_factors: Annotated[tuple[DropFactor, ...], Says("Gravity sets.")] = ()
    passages: Annotated[tuple[Passage, ...], Says("Reference texts.")] = ()
    kit: Annotated[tuple[KitItem, ...], Says("What the nurse brings.")] = ()
    interactions: Annotated[tuple[Interaction, ...], Says("Medicines that are asked about.")] = ()
    pathways: Annotated[tuple[Pathway, ...], Says("What is done about side effects.")] = ()
    grade_words: Annotated[tuple[GradeWords, ...], Says("What the grades mean.")] = ()
    scores: Annotated[tuple[Scale, ...], Says("Questionnaires and scores.")] = ()
    score_items: Annotated[tuple[ScaleItem, ...], Says("Their questions.")] = ()
    sheet_lines: Annotated[tuple[SheetLine, ...], Says("Lines of the patient's sheets.")] = ()
    time_out: Annotated[tuple[TimeOutStep, ...], Says("The last look before the start.")] = ()
    sources: Annotated[tuple[Reference, ...], Says("What the codes of the sources stand for.")] = ()

    @property
    def edition(self) -> str:
        """How the protocol is cited beside a limit: “KetaChart default 1”."""
        return f"{self.title} {self.version}"

    @cached_property
    def _values(self) -> dict[str, PolicyValue]:
        return {value.code: value for value in self.values}

    @cached_property
    def _sources(self) -> dict[str, Reference]:
        return {source.code: source for source in self.sources}

    @cached_property
    def _signs(self) -> dict[str, Sign]:
        return {sign.code: sign for sign in self.signs}

    def policy(self, code: str) -> PolicyValue:
        """One value of the policy with its unit and source.

        Raises:
            KeyError: this protocol does not say; the shipped one says everything (a test).
        """
        return self._values[code]

    def known(self, code: str) -> PolicyValue | None:
        """One value of the policy; None where an older edition of the protocol has none."""
        return self._values.get(code)

    def number(self, code: str) -> Decimal:
        """The bare number of one policy value, in the unit the table gives."""
        return self._values[code].value

    def minutes(self, code: str) -> timedelta:
        """A policy value in minutes or hours, as a length of time."""
        value = self._values[code]
        per = {"min": 60, "h": 3600, "days": 86400, "s": 1}[value.unit]
        return timedelta(seconds=int(value.value * per))

    def cited(self, *sources: str) -> Cited:
        """What the sources of one or more limits, questions or sentences are called and are."""
        return cite(self._sources, *sources)

    def sign(self, code: str) -> Sign:
        """One vital sign's name, unit and range."""
        return self._signs[code]

    def goal(self, code: str) -> Goal | None:
        """The ranges for one goal, or None where the protocol has no such goal."""
        return next((goal for goal in self.goals if goal.code == code), None)

    def score(self, code: str) -> Scale | None:
        """One questionnaire or score, or None where the protocol has no such one."""
        return next((scale for scale in self.scores if scale.code == code), None)

    def items_of(self, scale: str) -> tuple[ScaleItem, ...]:
        """The questions of a scale, in their order; none where its text is protected."""
        return tuple(item for item in self.score_items if item.scale == scale)

    def lines_of(self, sheet: str) -> tuple[SheetLine, ...]:
        """The lines of one sheet, in their order."""
        return tuple(line for line in self.sheet_lines if line.sheet == sheet)

    def pathway(self, effect: str) -> Pathway | None:
        """What is thought of about one side effect, or None where the protocol is silent."""
        return next((one for one in self.pathways if one.effect == effect), None)

    def state(self, code: str) -> StateRule | None:
        """What one state's board says, or None where the protocol does not know it."""
        wanted = code.strip().upper()
        return next((rule for rule in self.states if rule.state == wanted), None)

    def formula(self, code: str) -> WeightFormula | None:
        """A formula for the ideal weight, or None where the protocol has no such one."""
        return next((formula for formula in self.formulas if formula.code == code), None)

    def passages_about(self, about: str) -> tuple[Passage, ...]:
        """The reference texts beside one route or goal."""
        return tuple(passage for passage in self.passages if passage.about == about)

    def item(self, code: str) -> ScreeningItem | None:
        """One screening question by its code."""
        return next((item for item in self.screening if item.code == code), None)

    def listed(self, name: str) -> tuple[Choice, ...]:
        """The choices of one list, in their order."""
        return tuple(choice for choice in self.choices if choice.list == name)

    def label(self, name: str, code: str) -> str:
        """A choice's word; the bare code where this protocol does not have it."""
        found = (c.label for c in self.choices if c.list == name and c.code == code)
        return next(found, code)

    def medicine(self, name: str) -> Medicine | None:
        """A medicine by its generic name."""
        wanted = name.strip().lower()
        return next((m for m in self.medicines if m.name == wanted), None)

    def step(self, scale: str, value: int) -> str:
        """What one step of a scale means; empty where the scale does not say."""
        found = (s.label for s in self.scales if s.scale == scale and s.value == value)
        return next(found, "")

    @property
    def pump_step(self) -> MlPerHour:
        """The smallest change that the pump can be set to."""
        return MlPerHour(self.number("pump.step"))

    @property
    def syringe_step(self) -> Ml:
        """The smallest mark on the syringe that draws from the vial."""
        return Ml(self.number("syringe.step"))

    @property
    def usual_strength(self) -> MgPerMl:
        """The strength to make up to, where the order names none."""
        return MgPerMl(self.number("bag.strength"))

    @property
    def dose_absolute(self) -> MgPerKg:
        """A dose from which on it is an anaesthetic (clinical.md B1.4)."""
        return MgPerKg(self.number("dose.absolute"))

    @property
    def rate_warn(self) -> MgPerKgPerHour:
        """A dose rate above which a reason is asked."""
        return MgPerKgPerHour(self.number("rate.warn"))

    @property
    def rate_stop(self) -> MgPerKgPerHour:
        """A dose rate that is never planned."""
        return MgPerKgPerHour(self.number("rate.stop"))

    @property
    def balance_tolerance(self) -> Mg:
        """How far apart two independent totals of the drug may be."""
        return Mg(self.number("balance.tolerance"))

    @property
    def balance_volume(self) -> Ml | None:
        """From which volume on pump and rates are always told apart; None in older protocols."""
        value = self._values.get("balance.volume")
        return None if value is None else Ml(value.value)

"""A day of readings, sets that were forgotten, answers, delays, sleeps and restarts, against a slow
and simple model that walks through the record minute by minute."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ketachart.charting.chart_time import ChartTime
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.asking import standing_alerts
from ketachart.domain.visit import fold
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

MINUTE = timedelta(minutes=1)
# sign, a value inside, one to pause for, one to stop for (clinical.md C2)
SIGNS = {"spo2": (98, 91, 85), "rass": (0, -2, -3)}
LEVELS = {0: (), 1: ("pause",), 2: ("pause", "emergency")}
LIMIT = 10  # min, snooze.most


class Model:
    """What a nurse with a pencil would keep: one line for each alert she sees begin."""

    def __init__(self):
        self.log = []  # (minute, sign, level), in the order of writing; None: struck
        self.said = []  # (minute, place in the log, code, minutes put off or 0 for an answer)

    def lines(self):
        """Every alert of a sign's level: its beginning, its end, the places that raised it."""
        found = []
        for sign in SIGNS:
            told = [(row[0], place, row[2]) for place, row in enumerate(self.log) if row]
            told = [one for one in sorted(told) if self.log[one[1]][1] == sign]
            for grade in ("pause", "emergency"):
                found += self.stretches(f"{sign}-{grade}", grade, told)
        return found

    @staticmethod
    def stretches(code, grade, told):
        line, found = None, []
        for minute, place, level in told:
            beyond = grade in LEVELS[level]
            if beyond and line is None:
                line = {"code": code, "from": minute, "to": None, "first": place}
                found.append(line)
            elif beyond:
                line["first"] = min(line["first"], place)
            elif line is not None:
                line["to"], line = minute, None
        return found

    def about(self, lines, said):
        """The line that something was said about: the last begun by then, and seen by then."""
        minute, place, code, _ = said
        seen = [
            one
            for one in lines
            if one["code"] == code and one["from"] <= minute and one["first"] < place
        ]
        last = max(seen, key=lambda one: (one["from"], one["first"]), default=None)
        gone = last is not None and last["to"] is not None and minute > last["to"] + 30
        return None if gone else last

    def states(self, now):
        """Each sign's alert that stands now, with what the nurse sees of it."""
        lines = self.lines()
        standing = {one["code"]: one for one in lines if one["to"] is None}
        for sign in SIGNS:  # one thing asks once
            if f"{sign}-emergency" in standing:
                standing.pop(f"{sign}-pause", None)
        return {code: self.state(lines, one, now) for code, one in standing.items()}

    def state(self, lines, line, now):
        about = [said for said in self.said if self.about(lines, said) is line]
        if any(said[3] == 0 for said in about):
            return "seen"
        if not about:
            return "new"
        minute, place, code, length = about[-1]
        sign = code.rpartition("-")[0]
        worse = any(
            one["code"] == f"{sign}-emergency" and (one["from"] > minute or one["first"] >= place)
            for one in lines
        )
        waits = code.endswith("pause") and not worse and now < minute + min(length, LIMIT)
        return "put-off" if waits else "back"


class Day(RuleBasedStateMachine):
    """One visit of up to a day. The model counts in minutes; the engine is asked with real times.

    The laptop's clock is set back and forth, the laptop sleeps, the record is read again from its
    entries: nothing of that may be seen in what stands.
    """

    @initialize()
    def begin(self):
        self.clock = SetClock(NOON)
        self.time = ChartTime(self.clock)
        self.model = Model()
        self.story = Story().patient().order(duration_min=None).weight("70").full(0)
        self.story.start_pump(0, "0.1", strength="2")
        self.places = {}
        self.excused = []  # minutes at which a missing set was answered
        self.clock.pass_time(36 * MINUTE)  # only the pressure is missing from now on, at each set

    @property
    def minute(self):
        return round((self.time.now() - NOON) / MINUTE)

    def tell(self, fact):
        self.story.tell(fact, recorded=self.minute)

    # ------------------------------------------------ time

    @rule(minutes=st.sampled_from((1, 1, 2, 3, 5, 9, 10, 11)))
    def pass_time(self, minutes):
        self.clock.pass_time(minutes * MINUTE)

    @rule(what=st.sampled_from(("sleep", "clock", "restart")), dice=st.integers(0, 4))
    def trouble_with_the_laptop(self, what, dice):
        if what == "sleep":
            self.clock.pass_time((12, 31, 95, 240, 2)[dice] * MINUTE)
        elif what == "clock":
            self.clock.set_wall(self.clock.now() + (-600, -61, 1, 45, 900)[dice] * MINUTE)
        else:
            self.story.entries = list(fold(self.story.entries).entries)
            # a new session takes the laptop's clock as it is; somebody put it right again
            self.clock.set_wall(NOON + self.minute * MINUTE)
            self.time = ChartTime(self.clock)

    # ------------------------------------------------ the record

    @rule(
        sign=st.sampled_from(sorted(SIGNS)),
        level=st.sampled_from((0, 1, 1, 2, 2)),
        ago=st.sampled_from((0, 0, 0, 4)),
    )
    def measure(self, sign, level, ago):
        at = self.minute - ago
        self.tell(f.VitalsTaken(at=NOON + at * MINUTE, **{sign: SIGNS[sign][level]}))
        self.places[len(self.model.log)] = self.story.last_id
        self.model.log.append((at, sign, level))

    @precondition(lambda self: self.places)
    @rule(dice=st.integers(0, 50))
    def strike(self, dice):
        place = sorted(self.places)[dice % len(self.places)]
        self.tell(f.EntryStruck(at=self.time.now(), entry=self.places.pop(place), reason="slip"))
        self.model.log[place] = None

    def any_standing(self, dice):
        codes = sorted(self.model.states(self.minute))
        return codes[dice % len(codes)] if codes else "spo2-pause"

    @rule(
        dice=st.integers(0, 1),
        length=st.sampled_from((0, -5, 1, 5, 9, 10, 11)),
        by_hand=st.sampled_from((False, False, True)),
    )
    def say(self, dice, length, by_hand):
        """An answer (0), or a delay: asked for at the door, or in a file that was made by hand."""
        self.say_of(self.any_standing(dice), length, by_hand=by_hand)

    @rule(sign=st.sampled_from(sorted(SIGNS)), length=st.sampled_from((9, 11)), worse=st.booleans())
    def a_common_course(self, sign, length, worse):
        """Over its limit, put off, at times worse and less again, then nobody looks for a while."""
        self.measure(sign, 1, 0)
        self.say_of(f"{sign}-pause", length, by_hand=True)
        for level in (2, 1) if worse else ():
            self.measure(sign, level, 0)
        self.what_stands_is_what_the_pencil_says()
        self.clock.pass_time(10 * MINUTE)

    def say_of(self, code, length, *, by_hand):
        at = NOON + self.minute * MINUTE
        if length == 0:
            fact = f.AlertAnswered(at=at, alert=code, action="looked")
        else:
            length = 500 if by_hand and length == 11 else length
            fact = f.AlertSnoozed(at=at, alert=code, for_min=length, reason="cuff again")
            if not by_hand and not self.let_in(fact, at):
                return
        self.tell(fact)
        self.model.said.append((self.minute, len(self.model.log), code, length))

    def let_in(self, fact, at):
        """Whether the door takes a delay; it has to say what the model says."""
        allowed = (
            1 <= fact.for_min <= LIMIT
            and fact.alert.endswith("pause")
            and self.model.states(self.minute).get(fact.alert) in ("new", "back")
        )
        try:
            admit(self.story.visit(), fact, now=at)
        except Refused:
            assert not allowed, fact
            return False
        assert allowed, fact
        return True

    # ------------------------------------------------ what must hold

    @invariant()
    def what_stands_is_what_the_pencil_says(self):
        now = NOON + self.minute * MINUTE
        assert self.time.now() == now
        found = standing_alerts(self.story.visit(), now)
        shown = {one.alert.code: one.state for one in found}
        assert len(shown) == len(found)  # none is told twice
        assert shown.pop("vitals-overdue") == self.missing()
        assert shown == self.model.states(self.minute)
        for one in found:
            assert not (one.alert.level == "emergency" and one.state == "put-off")
            assert one.until is None or now < one.until <= now + LIMIT * MINUTE

    def missing(self):
        """Each set without its pressure asks anew: due at 30, 40, 50, 60 min and every 15 after
        that, and red five minutes later."""
        reds = [35, 45, 55, 65, *range(80, self.minute + 1, 15)]
        last = max(red for red in reds if red <= self.minute)
        return "seen" if any(minute >= last for minute in self.excused) else "new"


TestDay = Day.TestCase
TestDay.settings = settings(
    max_examples=35,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

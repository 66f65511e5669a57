"""A pump told second by second, as naively as can be: to hold the exact one against.

It shares nothing with `ketachart.domain.pump` but the acts. It knows no segments, no moment at
which a bag runs dry, no time but whole seconds: each second it asks what was done to the pump in
it, and then lets one second's volume through, or what is still in the bag. Volumes are counted in
36 000ths of a millilitre, so that a rate of tenths of a mL/h moves a whole number of them a second.
"""

from collections import defaultdict
from fractions import Fraction

PARTS = 36_000  # of a millilitre: one tenth of a mL/h moves one of them each second


class SlowPump:
    """What stands on the pump, what hangs on it, and what has gone through it."""

    def __init__(self):
        self.state = "not-started"
        self.rate = 0  # parts a second, the same figure as tenths of a mL/h
        self.strength = None
        self.left = None  # parts; None where nobody said how much the bag holds
        self.pumped = 0  # parts of what hangs there now
        self.gone = []  # strength and parts of what hung there before it
        self.boluses = Fraction()  # mg
        self.refused = []
        self.paused_s = 0
        self.on_s = 0  # running, whether anything came or not

    @property
    def ml(self):
        """All that was pumped by the rates, mL."""
        return Fraction(sum(parts for _, parts in self._lots())) / PARTS

    @property
    def mg(self):
        """The drug in it, and the boluses, mg."""
        drug = (
            Fraction(parts) / PARTS * strength
            for strength, parts in self._lots()
            if strength is not None
        )
        return sum(drug, self.boluses)

    def _lots(self):
        return (*self.gone, (self.strength, self.pumped))

    @property
    def left_ml(self):
        """What the bag still holds, mL."""
        return None if self.left is None else Fraction(self.left) / PARTS

    def second(self):
        """One second goes by."""
        if self.state == "paused":
            self.paused_s += 1
        if self.state != "running":
            return
        self.on_s += 1
        flow = self.rate
        if self.left is not None:
            flow = min(flow, self.left)
            self.left -= flow
        self.pumped += flow

    def do(self, act):
        """Somebody does something to the pump; what it does not allow changes nothing."""
        on, paused = self.state == "running", self.state == "paused"
        if act.kind == "start" and not on:
            self.state = "running"
            self._turn(act)
            self._hang(act)
        elif act.kind == "rate" and on:
            self._turn(act)
        elif act.kind == "pause" and on:
            self.state = "paused"
        elif act.kind == "resume" and paused:
            self.state = "running"
            self._turn(act)
        elif act.kind == "stop" and (on or paused):
            self.state = "stopped"
        elif act.kind == "bag":
            self.left = None
            self._hang(act)
        elif act.kind == "bolus" and (act.mg is not None or self.strength is not None):
            self._push(act)
        else:
            self.refused.append(act.entry)

    def _turn(self, act):
        if act.rate is not None:
            tenths = act.rate.amount * 10
            self.rate = int(tenths) if tenths.denominator == 1 else tenths

    def _hang(self, act):
        if act.strength is not None:
            self.gone.append((self.strength, self.pumped))
            self.strength, self.pumped = act.strength.amount, 0
        if act.volume is not None:
            parts = act.volume.amount * PARTS
            self.left = int(parts) if parts.denominator == 1 else parts

    def _push(self, act):
        mg = act.mg.amount if act.mg is not None else act.volume.amount * self.strength
        self.boluses += mg
        if self.left is not None and self.strength is not None:
            left = self.left - mg / self.strength * PARTS
            self.left = int(left) if left.denominator == 1 else left
            self.left = max(self.left, 0)


def walk(acts, start, seconds):
    """The pump after so many seconds from ``start``, acts at that last second done too.

    Args:
        acts: in the order in which they were done; each at a whole second.
        start: the moment of second 0.
        seconds: how many seconds go by.
    """
    by_second = defaultdict(list)
    for act in acts:
        by_second[int((act.at - start).total_seconds())].append(act)
    pump = SlowPump()
    for number in range(seconds):
        for act in by_second.get(number, ()):
            pump.do(act)
        pump.second()
    for act in by_second.get(seconds, ()):
        pump.do(act)
    return pump

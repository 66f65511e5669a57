"""What a clumsy nurse charts at the door: times, clocks, kit, home, time-out; some of it odd."""

from datetime import date, timedelta

from ketachart.domain import facts as f
from ketachart.domain.facts.arrival import KitLine

DAYS = (None, date(2026, 1, 29), date(2027, 8, 31))
ITEMS = ("oxygen", "naloxone", "thermometer", "no-such-thing")


def at_the_door(nurse):
    """One of the five, by chance."""
    nurse.dice.choice((_time, _clock, _kit, _home, _time_out))(nurse)


def _time(nurse):
    nurse.record(f.VisitTimed, what=nurse.dice.choice(("set-out", "arrived", "left")))


def _clock(nurse):
    apart = timedelta(minutes=nurse.dice.choice((0, 7, -3, 62, 3000)))
    nurse.record(f.ClockCompared, device="pump", showed=nurse.room.now() + apart)


def _kit(nurse):
    items = nurse.dice.sample(ITEMS, nurse.dice.randint(0, 3))
    nurse.record(
        f.KitChecked,
        lines=tuple(
            KitLine(
                item=item,
                present=nurse.dice.random() < 0.7,
                expires=nurse.dice.choice(DAYS),
                note=nurse.words("1900 psi"),
            )
            for item in items
        ),
    )


def _home(nurse):
    nurse.record(
        f.HomeChecked,
        hospital="Valley",
        travel_min=nurse.dice.choice((None, 0, 14, 26, -5)),
        address_read=nurse.dice.random() < 0.5,
        phone=nurse.dice.choice(("good", "weak", "none")),
        light=nurse.dice.choice(("dim", "bright")),
        noise=nurse.dice.choice(("quiet", "loud")),
        others_out=nurse.dice.choice((None, True, False)),
    )


def _time_out(nurse):
    left_open = nurse.dice.choice(((), ("label",), ("identity",)))
    nurse.record(f.TimeOutHeld, steps=("identity", "line"), open=left_open)

"""What is charted changes the picture where it stands, and it is the same as one painted anew."""

from datetime import timedelta
from unittest.mock import patch

from ketachart.domain.facts import NoteWritten
from ketachart.timeline.kept import Kept
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.manner import screen
from ketachart.timeline.scene import Building
from tests.helpers.story import Story
from ui import theme
from ui.widgets.timeline_paint import measure
from ui.widgets.timeline_picture import Picture

SIZE = (700.0, 420.0)
EDGES, FAINT = 48, 64  # bytes of colour at the edges of a mark, and by how much they may differ


def story():
    made = Story().patient().order().start_pump(0, "8.6")
    for minute in range(1, 40):
        made.vitals(minute, systolic=118 + minute % 7, diastolic=74, heart_rate=70 + minute % 9,
                    spo2=97, pain=minute // 8)  # fmt: skip
    return made


GROWS = (
    lambda made: made.vitals(40, systolic=131, diastolic=80, heart_rate=75, spo2=96, pain=2),
    lambda made: made.vitals(20.5, recorded=41, systolic=190, heart_rate=140, spo2=88),
    lambda made: made.effect(41, "nausea", 2),
    lambda made: made.tell(NoteWritten(at=made.at(41), text="asks for water")),
    lambda made: made.strike(made.last_id),
    lambda made: made.vitals(41, systolic=240, diastolic=120, heart_rate=75, spo2=96, pain=9),
)


def drawn(made, kept=None):
    now = made.at(42) + timedelta(seconds=len(made.visit().entries))
    return Building(timeline_of(made.visit(), now), SIZE, screen(measure, scale=1.0), kept).scene()


def differing(one, two):
    """By how much which bytes of two pictures differ; the same round mark may be rounded a little
    otherwise, with fewer or more of them painted in one go."""
    both = zip(bytes(one.constBits()), bytes(two.constBits()), strict=True)
    return [abs(a - b) for a, b in both if a != b] if one != two else []


def test_what_is_painted_where_it_changes_is_what_is_painted_anew(qapp):  # noqa: ARG001
    ratio = 1.25  # where whole units are not whole pixels
    made, kept, picture, look = story(), Kept(), Picture(), theme.look()
    picture.of(drawn(made, kept), ratio, look)
    whole, begin = [], Picture._begin
    for grow in GROWS:
        grow(made)
        with patch.object(Picture, "_begin", lambda *how: whole.append(1) or begin(*how)):
            shown = picture.of(drawn(made, kept), ratio, look).toImage()
        anew = drawn(made)
        assert picture.scene == anew
        assert picture.scene.hits == anew.hits
        differs = differing(Picture().of(anew, ratio, look).toImage(), shown)
        assert len(differs) <= EDGES
        assert max(differs, default=0) <= FAINT
    assert whole == []

"""Pain over the series: what is drawn, what stands in words, and that nothing told is lost."""

from datetime import date

from ketachart.domain import facts as f
from ketachart.domain.earlier.outcome import Outcome, outcome_words, outcomes
from ketachart.domain.quantities import Mg
from ketachart.report import pdf, text
from ketachart.report.document import document_of
from ketachart.report.document import text as spoken_text
from ketachart.timeline.manner import PAPER_LETTER, SCREEN, Manner
from ketachart.timeline.outcome import height_of, outcome_parts
from ketachart.timeline.scene_parts import Lines, Marks, Text
from tests.helpers.story import Story


def past(day, *pain, **values):
    names = ("pain_start", "pain_end", "pain_24h", "pain_48h")
    told = dict(zip(names, pain, strict=True))
    return f.PastInfusion(
        visit=f"2611{day}-01", on=date(2026, 11, day), goal="acute-migraine",
        delivered_mg=Mg("35"), charted="signed", **told, **values,
    )  # fmt: skip


def visit_with(*infusions):
    story = Story().patient().order(series_number=3, series_of=5).weight("70")
    story.tell(f.VisitOpened(at=story.start, visit="261122-01", zone="America/Phoenix"))
    story.tell(f.PastRecorded(at=story.start, infusions=infusions))
    return story


def ran(story):
    return story.full(-5, pain=6).start_pump(0, "17.5", strength="2").full(60, pain=2).stop(60)


SERIES = (
    past(10, 8, 4, 5, None, headache_days=18, scales=(f.PastScale(scale="hit-6", total=66),)),
    past(17, 7, 3, None, 6, headache_days=12),
)


def measure(words, size, _weight):
    return len(words) * size / 2


def test_each_infusion_has_its_four_moments_and_what_nobody_asked_is_a_gap():
    shown = outcomes(ran(visit_with(*SERIES)).visit())
    assert [one.pain for one in shown] == [(8, 4, 5, None), (7, 3, None, 6), (6, 2, None, None)]
    assert [one.this for one in shown] == [False, False, True]
    assert outcome_words(shown[1]).endswith("7 before, 3 at the end and 6 after 48 h")
    assert "after 24 h" not in outcome_words(shown[1])


def test_a_first_infusion_alone_is_not_drawn_and_only_the_last_six_are():
    assert outcomes(ran(visit_with()).visit()) == ()
    many = outcomes(visit_with(*(past(day, 8, 4, None, None) for day in range(1, 9))).visit())
    assert [one.on.day for one in many] == [3, 4, 5, 6, 7, 8]


def test_marks_differ_by_shape_lines_join_only_what_is_known_and_all_of_it_fits():
    for sizes in (SCREEN, PAPER_LETTER):
        manner, width = Manner(sizes, measure), 300.0
        parts = outcome_parts((Outcome(date(2026, 11, 17), (7, 3, None, 6)),), width, manner)
        marks = [part for part in parts if isinstance(part, Marks)]
        legend, drawn = marks[:4], marks[4:]
        assert [part.shape for part in legend] == ["diamond", "dot", "ring", "open-diamond"]
        assert [part.shape for part in drawn] == ["diamond", "dot", "open-diamond"]
        joined = [part for part in parts if isinstance(part, Lines) and part.colour == "c_pain"]
        assert len(joined) == 1  # before to the end; nothing over the gap
        for part in parts:
            if isinstance(part, Text):
                assert 0 <= part.box.left <= part.box.right <= width
                assert 0 <= part.box.top <= part.box.bottom <= height_of(manner)


def test_the_report_draws_it_says_it_in_words_and_loses_nothing():
    story = ran(visit_with(*SERIES))
    visit, now = story.visit(), story.at(90)
    said = spoken_text(document_of(visit, now=now))
    assert "## Pain over the series" in said
    assert "8 to 4, −50 %; 24 h 5" in said
    assert "18 headache days, HIT-6 66" in said
    drawn = pdf.render(visit, now=now)
    shown = " ".join(text.extract(drawn.content).split())
    assert "7 before, 3 at the end and 6 after 48 h" in shown
    assert [lost for lost in text.missing_values(visit, drawn.content) if "past" in lost] == []


def test_a_report_without_a_series_has_no_drawing():
    story = ran(visit_with())
    assert "Pain over the series" not in spoken_text(document_of(story.visit(), now=story.at(90)))


def test_what_was_asked_at_a_visit_is_told_to_the_next_one():
    from ketachart.domain.earlier.past import past_infusion

    story = ran(visit_with())
    story.tell(f.HistoryTaken(at=story.at(-6), headache_days=9))
    story.tell(f.ScaleScored(at=story.at(-6), scale="hit-6", total=60))
    story.tell(f.ScaleScored(at=story.at(-5), scale="hit-6", total=58))
    told = past_infusion(story.visit())
    assert told.headache_days == 9
    assert told.scales == (f.PastScale(scale="hit-6", total=58),)

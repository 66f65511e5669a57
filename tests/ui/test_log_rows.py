"""The rows of the log that are taken over from before are what would be made of the visit anew."""

from dataclasses import replace
from unittest.mock import patch

from ketachart.domain.facts import NoteWritten, OrderRecorded, PaperKept, ProtocolAdopted
from ketachart.domain.visit import Visit, fold
from tests.helpers.story import Story
from ui.screens import log_rows
from ui.screens.log_rows import Known, log_of


def told():
    story = Story().patient().order().weight("70").start_pump(0, "30").bp(1, 128, 82)
    wrong = story.bp(3, 218, 82).last_id
    story.strike(wrong, replaced_by="right")
    story.tell(story.entries[-2].fact, entry_id="right").effect(4, "nausea", 1)
    first = next(entry.fact for entry in story.entries if isinstance(entry.fact, OrderRecorded))
    story.tell(replace(first, at=story.at(5))).strike(story.bp(6, 100, 60).last_id)
    story.vitals(7, spo2=98, recorded=40)
    story.tell(PaperKept(at=story.at(8), until=story.at(20), why="battery"))
    story.vitals(10, spo2=97, recorded=45)
    return story.tell(NoteWritten(at=story.at(46), text="asks for water"))


def test_each_entry_more_shows_what_the_whole_visit_shows():
    entries, known, grown = told().entries, Known(), Visit()
    for number, entry in enumerate(entries, start=1):
        grown = grown.with_more((entry,))
        if grown.of(ProtocolAdopted):
            assert log_of(grown, known) == log_of(fold(entries[:number])), entry.kind


def test_what_stands_as_it_stood_is_not_told_again():
    story, known = told(), Known()
    visit = story.visit()
    before = log_of(visit, known)
    note = story.tell(NoteWritten(at=story.at(47), text="sleeps")).entries[-1]
    grown = visit.with_more((note,))
    made, work = [], log_rows._part
    with patch.object(
        log_rows, "_part", lambda v, line: made.append(line.entry.id) or work(v, line)
    ):
        after = log_of(grown, known)
    changed = {entry.id for entry in story.entries if entry.kind == "entry-struck"}
    changed |= {*visit.strikes, "right"}  # whatever was corrected is always told anew
    assert set(made) - changed == {note.id}
    assert after.rows[1:] == before.rows

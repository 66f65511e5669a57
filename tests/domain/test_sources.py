"""Where limits, questions and sentences come from: every code has its words, and they are read."""

import ast
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from ketachart import house, resources
from ketachart.domain.folded.whole import folded
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import last_moment
from ketachart.domain.policy import Reference
from ketachart.domain.references import references
from ketachart.domain.sources import VERIFIED, cite
from tests.helpers.stories import STORIES
from tests.helpers.story import Story
from tests.report.charted_visits import charted, every_kind

ROOT = Path(__file__).parents[2]
TABLES = [resources.path(f"{name}.toml") for name in house.TABLES]
# Said by the chart itself: its own words, for which no reference stands.
OWN_WORDS = {"the order", "the record"}
WORKPLACE = re.compile(r"\w\.md\b|features|\bsection \d|\brow \d|issue|#\d", re.IGNORECASE)
KNOWN = {
    code: Reference(code=code, short=short, words=f"About {code}.", mark="V1")
    for code, short in (
        ("B2.1", "ASRA 2018"),
        ("B2.4", "PA guideline 2020"),
        ("C3", "common practice"),
        ("C1", "common practice"),
    )
}


def shipped():
    return house.shipped_protocol()


def sources_in(value):
    """Every source that a table names."""
    if isinstance(value, Mapping):
        own = [value["source"]] if isinstance(value.get("source"), str) else []
        return own + [one for inner in value.values() for one in sources_in(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in sources_in(inner)]
    return []


def sources_in_code():
    """Every source that a rule names itself: what is given as ``source`` in so many words."""
    found = []
    for file in (ROOT / "ketachart" / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg="source", value=ast.Constant(value=str(words))):
                    found.append(words)
                case ast.Assign(targets=[ast.Name(id="source")], value=ast.Constant(value=words)):
                    found.append(words)
    return found


def named_everywhere():
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in TABLES]
    return [*chain.from_iterable(map(sources_in, tables)), *sources_in_code()]


def codes_of(source):
    """The codes of a source, read by another rule than the one that is tested."""
    return [re.sub(r"\s*\([^()]*\)", "", one).strip() for one in re.split("[;,]", _bare(source))]


def _bare(source):
    return re.sub(r"\([^()]*\)", "", source)


# ------------------------------------------------------------------ what is shipped


def test_every_code_that_is_used_has_its_words():
    used = {code for source in named_everywhere() for code in codes_of(source)}
    known = {source.code for source in shipped().sources}
    assert used - known - OWN_WORDS == set()


def test_every_source_is_used():
    used = {code for source in named_everywhere() for code in codes_of(source)}
    assert {source.code for source in shipped().sources} - used == set()


def test_a_source_stands_there_once():
    codes = [source.code for source in shipped().sources]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("source", shipped().sources, ids=lambda source: source.code)
def test_a_source_is_named_briefly_and_told_in_sentences(source):
    assert 3 <= len(source.short) <= 18
    assert not set(source.short) & set(";,():")
    assert source.words.endswith(".")
    assert len(source.words) <= 240
    assert house.printable_letters().missing_from(source.short + source.words) == ""


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_nothing_shipped_points_to_a_document_of_the_workplace(path):
    rows = (line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    assert [row for row in rows if WORKPLACE.search(row)] == []


def test_a_source_of_the_clinics_text_without_a_reference_says_so():
    words = {source.words for source in shipped().sources if source.short == "source text"}
    assert "The clinic's source text, which names no reference." in words


# ------------------------------------------------------------------ short names


@pytest.mark.parametrize(
    ("sources", "short"),
    [
        (["C3; B2.1, B2.4"], "common practice, ASRA 2018, PA guideline 2020"),
        (["B2.1; C3; C1; B2.1"], "ASRA 2018, common practice"),
        (["C3 (unverified)"], "common practice (unverified)"),
        (["C3; B2.1 (off; or, asked)"], "common practice, ASRA 2018 (off; or, asked)"),
        (["C3 (one)", "C1 (two)", "C3 (one)"], "common practice (one; two)"),
        (["C3", "the order", "C3; B2.1"], "common practice, the order, ASRA 2018"),
        (["Z9; C3"], "Z9, common practice"),
        (["Policy 12; annex (b), page 3"], "Policy 12; annex (b), page 3"),
        (["C3 ((odd"], "C3 ((odd"),
        (["", "C3"], "common practice"),
        ([""], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_short_names_stand_once_in_their_order_with_their_remarks(sources, short):
    assert cite(KNOWN, *sources).short == short


def test_each_citation_is_given_once_whatever_stands_beside_it():
    cited = cite(KNOWN, "C3 (unverified); B2.1", "the order", "C1; C3; Z9")
    assert [one.code for one in cited.references] == ["C3", "B2.1", "C1"]


def test_a_protocol_that_does_not_say_what_its_codes_are_shows_them_as_they_are():
    old = replace(shipped(), sources=())
    assert old.cited("C3; B2.1").short == "C3; B2.1"
    assert old.cited("C3; B2.1").references == ()


# ------------------------------------------------------------------ in a visit


def coded(value):
    """Every code in a folded visit."""
    if isinstance(value, Mapping):
        mine = value.get("source")
        own = codes_of(mine) if isinstance(mine, str) and "values" not in value else []
        return own + [one for inner in value.values() for one in coded(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in coded(inner)]
    return []


@pytest.mark.parametrize("name", [*STORIES, "every kind", "hardly begun"])
def test_every_code_in_visit_json_is_told_there(name):
    visits = {
        "every kind": every_kind,
        "hardly begun": Story().patient().order().weight("70").visit,
    }
    visit = visits[name]() if name in visits else charted(name)[0]
    whole = folded(visit)
    orders = whole.pop("order")
    told = {source["code"] for source in whole["sources"]}
    assert len(told) > 30
    assert orders
    known = {source.code for source in visit.protocol.sources}
    assert set(coded(whole)) & known <= told


def test_the_sources_of_a_visit_stand_in_the_order_of_their_names():
    visit = Story().patient().order().visit()
    shorts = [one.short.lower() for one in references(visit, last_moment(visit))]
    assert shorts == sorted(shorts)


def test_a_goal_without_ranges_and_an_alert_bring_their_sources():
    story = Story().patient().order(goal="ptsd").weight("70")
    codes = {one.code for one in references(story.visit(), story.at(0))}
    assert {"A3.3", "K12"} <= codes
    story.vial().bag("1", "5").start_pump(0, "30")
    assert "C10" not in {one.code for one in references(story.visit(), story.at(9))}
    assert "C10" in {one.code for one in references(story.visit(), story.at(11))}


def test_a_point_before_signing_names_its_sources_in_words():
    story = Story().patient().order().weight("70").full(-5).start_pump(0, "17.5", strength="2")
    points = {one.code: one for one in findings(story.visit(), story.at(90))}
    detail = points["no-follow-up"].detail
    assert (
        detail
        == "The protocol asks for a call at 24 h and at 48 h (common practice, Etchison 2018)."
    )
    assert points["no-follow-up"].source == "C6; A1.15"


def test_every_mark_has_its_words():
    assert set(VERIFIED) == {source.mark for source in shipped().sources}

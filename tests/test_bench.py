"""The table of the benchmarks says what was measured, against what, and what misses its goal."""

import re

import pytest

from tests import bench
from tests.helpers.bench_page import machine, page
from tests.helpers.bench_table import Row, figure, limited


def row(ours, bare, goal=None, **how):
    return Row("a thing", "a bare thing", ours, bare, goal, **how)


@pytest.mark.parametrize(("goal", "kept"), [(None, True), (1.9, False), (2.0, True), (2.1, True)])
def test_a_goal_is_the_most_that_the_ratio_may_be(goal, kept):
    assert row([4.0], [2.0], goal).kept is kept
    assert ("MISSED" in row([4.0], [2.0], goal).told()) is not kept


def test_the_ratio_is_of_the_pairs_so_that_a_slow_moment_slows_both():
    slowed = row([1.0, 10.0, 1.1], [1.0, 10.0, 1.0])
    assert slowed.ratio == 1.0
    assert slowed.worst == 1.0


def test_a_limit_is_held_against_the_99th_percentile():
    took = [10.0] * 98 + [60.0, 60.0]
    assert not limited("a record", 50, took).kept
    assert limited("a record", 60, took).kept


def test_the_page_names_what_misses_its_goal_and_why():
    rows = [
        row([1.0], [1.0], 2),
        row([3.0], [1.0], 2, why="it is chained in KiB"),
        row([5.0], [1.0]),
    ]
    text = page(rows)
    missed = text.partition("## What misses its goal, and why")[2].strip()
    assert missed == "- **a thing**: 3.00, the goal is 2. It is chained in KiB."
    assert text.count("| a thing | a bare thing |") == 3
    assert "Nothing does." in page(rows[:1])


@pytest.mark.parametrize(("load", "told"), [(0.2, "It was else idle."), (7.6, "beside 8 other")])
def test_the_page_says_whether_the_machine_was_calm(load, told):
    assert told in page([row([1.0], [1.0])], load)


def test_the_page_names_no_computer_and_no_folder():
    import platform

    text = page([row([1.0], [1.0])])
    assert platform.node() not in text or len(platform.node()) < 4
    assert not re.search(r"(?:/home|/root|/work|/tmp|C:\\)", text)
    assert re.search(r"\d+ cores, \d+ GB of memory", machine())


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), list(bench.BENCHES)),
        (("commit",), ["commit"]),
        (("sign", "open"), ["open", "sign"]),
        (("nothing",), []),
    ],
)
def test_words_choose_among_the_benchmarks(words, names):
    assert bench.chosen(words) == names


def test_a_part_is_never_written_as_the_whole(capsys):
    with pytest.raises(SystemExit):
        bench.main(["commit", "--write"])
    assert "--write takes all of them" in capsys.readouterr().err


def test_everything_that_is_waited_for_is_measured():
    assert set(bench.BENCHES) >= {
        "start", "memory", "keys", "commit", "open", "search", "scale", "backup", "report", "sign",
        "verify", "package", "timeline", "preview",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "told"), [(0.0123, "0.0123"), (7.834, "7.83"), (1234.5, "1,234")]
)
def test_a_figure_has_three_places_that_count(number, told):
    assert figure(number) == told

"""The first free place along a line, found without looking at each, is the first free one."""

import random

from ketachart.timeline.board import Board, Face, Spot, around, first_free
from ketachart.timeline.manner import REGULAR
from ketachart.timeline.rows import bars_row, line_row, marks_row
from ketachart.timeline.scene_parts import Box
from tests.timeline.told import SCREEN

WITHIN = Box(0.0, 0.0, 800.0, 120.0)
FACE = Face(SCREEN, 11.0, REGULAR)


def one_by_one(board, text, spots):
    """Every place held against everything."""
    for spot in spots:
        box = FACE.box(spot, text)
        air = FACE.size / 6
        wide = Box(box.left - air, box.top, box.right + air, box.bottom)
        if box.inside(WITHIN) and board.free(wide):
            return spot, box
    return None


def some_board(dice):
    board = Board()
    bars = [(x, 60.0, x, 60.0 + dice.randrange(5, 40)) for x in sorted(_xs(dice, 40))]
    board.add_line_row(bars_row(bars, 0.5))
    board.add_row(marks_row("down", [(x, dice.uniform(20, 100)) for x in sorted(_xs(dice, 20))], 7))
    board.add_line_row(line_row([(x, dice.uniform(0, 50)) for x in sorted(_xs(dice, 9))], 5.0))
    for x in _xs(dice, 6):
        board.add(Box(x, dice.uniform(0, 90), x + dice.uniform(1, 90), 110.0))
    return board


def _xs(dice, many):
    return [dice.uniform(0, 790) for _ in range(many)]


def test_it_is_the_one_that_is_found_by_trying_all_of_them():
    dice, found = random.Random(7), []
    for _ in range(40):
        board = some_board(dice)
        back = [Spot(x, y, "end") for y in (48.0, 80.0, 104.0) for x in range(796, 0, -5)]
        mixed = [Spot(x, 80.0, "end") for x in dice.sample(range(800), 60)]
        near = [*around(Box(300, 60, 310, 70), FACE, 3.0)]
        for spots in (back, mixed, near, back[::-1]):
            answer = first_free(board.in_the_way, FACE, "pause over 180", spots, within=WITHIN)
            assert answer == one_by_one(board, "pause over 180", spots)
            found.append(answer is None)
    assert 10 < sum(found) < len(found) - 10

"""The golden files: what came of each story; texts are compared word for word, pages by sight."""

import json
import tempfile
from functools import cache
from pathlib import Path
from unicodedata import category

from ketachart import resources
from ketachart.commands.player import play
from ketachart.commands.replay import visit_json
from ketachart.report import fonts
from ketachart.report.document import document_of, text
from tests.golden_pictures import pictures, png, text_as_charted
from tests.helpers.stories import MORE_STORIES, STORIES, story_lines
from tests.report.charted_visits import charted

FOLDER = Path(__file__).parent / "golden"
LETTERS = resources.path("fonts", "letters.txt")
LETTERS_HEAD = (
    "# Code points that all four weights of the bundled font hold; "
    "made by `python3 dev.py golden`.\n"
)
# What differs each time a story is played: keys are made by chance, and the chain holds them.
BY_CHANCE = ("certificate", "head")


def makers():
    """For each golden file, what makes its text or its picture."""
    made = {LETTERS: letters_text}
    for name in STORIES:
        made[FOLDER / name / "document.txt"] = lambda name=name: document_text(name)
    for name in MORE_STORIES:
        made[FOLDER / name / "document.txt"] = lambda name=name: text_as_charted(played(name))
    for name in (*STORIES, *MORE_STORIES):
        made[FOLDER / name / "visit.json"] = lambda name=name: visit_text(name)
        for page in (1, 2):
            made[picture_path(name, page)] = lambda name=name, page=page: png(picture(name, page))
    return made


def picture_path(name, page):
    """Where the picture of a story's page is kept."""
    return FOLDER / name / f"page-{page}.png"


def picture(name, page):
    """A page of a story's report, not signed yet."""
    return pictures(played(name))[page - 1]


def document_text(name):
    """What the report of a story says, not signed yet."""
    visit, now = charted(name)
    return text(document_of(visit, now=now))


@cache
def played(name):
    """A story played to its end and signed."""
    with tempfile.TemporaryDirectory() as place:
        return play(story_lines(name), Path(place) / "ledger", strict=False)


def visit_text(name):
    """What `replay` writes of a story as `visit.json`, without what chance made."""
    return normal(visit_json(played(name)), played(name).visit.entries)


def normal(whole, entries):
    """The folded visit as a text that is the same each time: entries go by their number."""
    numbers = {entry.id: entry.number for entry in entries}
    return json.dumps(_plain(whole, numbers), ensure_ascii=False, indent=1) + "\n"


def _plain(value, numbers):
    if isinstance(value, dict):
        return {
            key: f"(a {key})" if key in BY_CHANCE and inner else _plain(inner, numbers)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_plain(inner, numbers) for inner in value]
    return f"entry {numbers[value]}" if value in numbers else value


def letters_text():
    """The letters that may be charted: those that all four weights of the report's font hold.

    Private-use code points stay out: what they look like is each font's own matter.
    """
    held = set.intersection(*(set(fonts._widths(weight)) for weight in fonts.FACES))
    points = sorted(ord(letter) for letter in held if category(letter) != "Co")
    ranges = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    lines = (f"{a:04X}\n" if a == b else f"{a:04X}-{b:04X}\n" for a, b in ranges)
    return LETTERS_HEAD + "".join(lines)


def differs(path, made):
    """The first line in which a text is not what the golden file keeps; empty where it is."""
    if not path.exists():
        return f"{path.name} is missing: python dev.py golden makes it"
    kept = path.read_text(encoding="utf-8")
    if kept == made:
        return ""
    pairs = zip((*kept.splitlines(), "(end)"), (*made.splitlines(), "(end)"), strict=False)
    for number, (was, now) in enumerate(pairs, 1):
        if was != now:
            return f"line {number}\n  kept: {was}\n  made: {now}"
    return "one goes on where the other ends"

"""The scripted visits under tests/stories, by name."""

from pathlib import Path

from ketachart.commands import script

FOLDER = Path(__file__).parent.parent / "stories"
STORIES = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))


def story_lines(name):
    """Every line of a story, read."""
    return script.read(FOLDER / f"{name}.jsonl")

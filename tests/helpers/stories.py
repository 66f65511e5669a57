"""The scripted visits under tests/stories, by name.

The stories in the folder itself go through every test of chart and paper. Those under ``more`` are
about the drug, those under ``day`` about the whole clinical day: they are replayed to their
signature and kept as golden visits, and no more.
"""

from pathlib import Path

from ketachart.commands import script

FOLDER = Path(__file__).parent.parent / "stories"
STORIES = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))
MORE_PATHS = {
    path.stem: path for kind in ("more", "day") for path in FOLDER.glob(f"{kind}/*.jsonl")
}
MORE_STORIES = tuple(sorted(MORE_PATHS))


def story_path(name):
    """Where a story stands, of either kind."""
    return MORE_PATHS.get(name, FOLDER / f"{name}.jsonl")


def story_lines(name):
    """Every line of a story, read."""
    return script.read(story_path(name))

"""The golden texts: what each story's report says, kept as files and compared word for word."""

from pathlib import Path

from ketachart.report.document import document_of, text
from tests.report.charted_visits import STORIES, charted

FOLDER = Path(__file__).parent / "golden"


def document_files():
    """The text of each story's report as it is made now, by the file that keeps it."""
    return {FOLDER / name / "document.txt": document_text(name) for name in STORIES}


def document_text(name):
    """What the report of a story says, not signed yet."""
    visit, now = charted(name)
    return text(document_of(visit, now=now))


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


def write(path, made):
    """Keeps a text as the golden one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made, encoding="utf-8")

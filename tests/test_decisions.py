"""Every decision is in the index, and every library that is locked is argued in one of them."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "decisions"
DECISIONS = sorted(FOLDER.glob("0*.md"))


def test_the_index_lists_every_decision_once_with_its_title_and_one_line_more():
    index = (FOLDER / "index.md").read_text("utf-8")
    listed = re.findall(r"^- \[(.+)\]\((0[^)]+\.md)\): (\S.+)$", index, re.MULTILINE)
    assert [file for _, file, _ in listed] == [path.name for path in DECISIONS]
    for title, file, _ in listed:
        head = (FOLDER / file).read_text("utf-8").splitlines()[0]
        assert head == f"# {title}"
        assert title.startswith(f"{int(file[:4])}. ")


def test_every_library_that_is_locked_or_wished_for_is_argued():
    told = "\n".join(path.read_text("utf-8") for path in DECISIONS).casefold().replace("_", "-")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wishes = [*project["project"]["dependencies"]]
    for group in (project["dependency-groups"], project["project"]["optional-dependencies"]):
        wishes += [wish for wishes_of in group.values() for wish in wishes_of]
    names = {Requirement(wish).name.casefold() for wish in wishes}
    lock = (ROOT / "packaging" / "run.lock").read_text("utf-8")
    names |= set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
    assert not sorted(name for name in names if not re.search(rf"\b{re.escape(name)}\b", told))

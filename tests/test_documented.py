"""Everything that can be typed, charted, set or pressed is documented, and every link holds."""

import ast
import dataclasses
import re
import shlex
import sys
import typing
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ketachart.domain.admission.door import RULES
from ketachart.domain.facts import FACTS, KINDS
from ketachart.domain.shape import from_plain, hints_of
from ketachart.errors import Refused
from tests.helpers.story import Story
from ui.actions import ACTIONS, key_of
from ui.line import parser
from ui.preferences import Preferences

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(```|~~~|:::).*?^\1\s*$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?\)")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
TOCTREE = re.compile(r"```\{toctree\}(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def handbook():
    """What writes the pages: it lies beside the packaging, not in the program."""
    sys.path.insert(0, str(ROOT / "packaging"))
    from handbook import build, commands, examples, fields, pages, pictures

    every = (build, commands, examples, fields, pages, pictures)
    yield {module.__name__.rpartition(".")[2]: module for module in every}
    sys.path.remove(str(ROOT / "packaging"))


@cache
def text(path):
    """A page as it stands."""
    return path.read_text(encoding="utf-8")


def sections(path, level="## "):
    """What stands under each heading of a page."""
    parts = re.split(rf"^{level}(.+)$", text(path), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# ------------------------------------------------ pages that are written from the code


def test_every_page_that_is_written_from_the_code_is_as_the_code_is(handbook):
    assert not handbook["pages"].stale(), "python3 dev.py site --write writes them"


def test_every_command_and_option_is_documented_with_examples_that_can_be_typed(handbook):
    told = sections(DOCS / "reference/command-line.md")
    for name, command, _help in handbook["commands"].commands():
        for typed, _said in handbook["commands"].options_of(command):
            assert f"| `{typed}` |" in told[name].replace("\\|", "|"), f"{name} {typed}"
        shown = handbook["commands"].examples().get(name)
        assert shown, f"packaging/handbook/typed.toml has no example of {name}"
        for typed, _why in shown:
            words = shlex.split(typed.partition(" > ")[0])
            assert parser().parse_args(words).run, typed
            assert typed.startswith(name), typed


def test_every_kind_of_fact_and_each_of_its_fields_is_documented():
    told = {}
    for page in (DOCS / "reference/facts").glob("*.md"):
        told |= sections(page)
    for kind in FACTS:
        for field in dataclasses.fields(kind):
            assert f"| `{field.name}` |" in told[kind.KIND], f"{kind.KIND}.{field.name}"


def test_every_example_of_a_fact_is_one(handbook):
    for kind in FACTS:
        shown, _whence = handbook["examples"].example(kind)
        if kind.KIND == "protocol-adopted":
            continue  # a whole protocol is in no example; the shipped one is read by its own test
        assert from_plain(kind, {k: v for k, v in shown.items() if k != "kind"}), kind.KIND


def _refuses(story, fact, field, value):
    """Whether the door sends a value back for this very field."""
    hint = typing.get_args(hints_of(type(fact))[field])[0]
    kind = next((one for one in typing.get_args(hint) if one is not type(None)), hint)
    try:
        sure = {"confirmed": True} if hasattr(fact, "confirmed") else {}  # unusual is not refused
        tried = dataclasses.replace(fact, **sure, **{field: kind(value)})
        RULES[type(fact)](story.visit(), tried, story.at(9))
    except Refused as refused:
        return refused.field in (field, "")
    return False


def test_what_the_pages_say_of_a_range_is_what_the_door_does(handbook):
    story = Story().patient().order().weight("70")
    for (kind, field), takes in handbook["fields"].TAKES.items():
        shown, _whence = handbook["examples"].example(KINDS[kind])
        fact = from_plain(KINDS[kind], {k: v for k, v in shown.items() if k != "kind"})
        low, step = Decimal(takes.low), Decimal(1)
        inside = low + step
        asked = {low - step: True, low: takes.over, inside: False}
        if takes.high is not None:
            asked |= {Decimal(takes.high): False, Decimal(takes.high) + step: True}
        said = {value: _refuses(story, fact, field, value) for value in asked}
        assert said == asked, f"{kind}.{field}"


def test_every_fault_that_a_check_of_a_report_can_find_is_documented():
    told = text(DOCS / "reference/faults.md")
    for file in (ROOT / "ketachart/report").glob("verify*.py"):
        for code in re.findall(r'"([A-Z]+(?:_[A-Z]+)+|[A-Z]{6,})"', text(file)):
            assert f"| `{code}` | " in told, f"{file.name}: {code}"


def test_every_act_is_documented_with_its_key():
    told = text(DOCS / "reference/keys.md")
    for act in ACTIONS:
        assert f"| `{key_of(act.name)}` | {act.words} |" in told, act.name


def test_every_setting_is_documented():
    told = text(DOCS / "reference/settings.md")
    for field in dataclasses.fields(Preferences):
        assert f"| `{field.name}`: " in told, field.name
    tree = ast.parse(text(ROOT / "ui/screens/settings/screen.py"))
    titles = [
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("Setting", "WayOn")
    ]
    assert len(titles) > 8
    for title in titles:
        assert f"| {title} |" in told, title


# ------------------------------------------------ links and pictures


def pages():
    """Every page of the documentation, and those at the top of the checkout."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def slug(heading):
    """What a heading is linked to by, on the site as in the repository."""
    plain = re.sub(r"[^\w\- ]", "", LINK.sub(lambda m: m[0], heading).replace("`", "").lower())
    return plain.strip().replace(" ", "-")


@cache
def anchors(path):
    """Every heading of a page that can be linked to."""
    return {slug(heading) for heading in HEADING.findall(FENCE.sub("", text(path)))}


def links(path):
    """Where a page leads to; what stands in code is no link."""
    return LINK.findall(INLINE.sub("", FENCE.sub("", text(path))))


def faults_of(path):
    """Links of a page that lead nowhere."""
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.exists():
            yield f"{path.relative_to(ROOT)}: {link}"
        elif anchor and anchor not in anchors(there):
            yield f"{path.relative_to(ROOT)}: {link}, no such heading"


def test_every_link_and_picture_of_every_page_is_there():
    assert sum(len(links(page)) for page in pages()) > 300
    assert not [fault for page in pages() for fault in faults_of(page)]


def test_every_page_can_be_reached_from_the_first_one():
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        assert page.exists(), page
        reached.add(page)
        for tree in TOCTREE.findall(text(page)):
            for line in filter(None, map(str.strip, tree.splitlines())):
                if line.startswith(":"):
                    continue
                name = re.sub(r"^.*<(.+)>$", r"\1", line)
                found = sorted(page.parent.glob(f"{name}.md")) if "*" in name else []
                waiting += found or [(page.parent / f"{name}.md").resolve()]
    assert set(DOCS.rglob("*.md")) <= reached


def test_every_picture_of_the_guides_is_small_is_shown_and_can_be_taken_again(handbook):
    listed, kept = handbook["pictures"].listed(), handbook["pictures"].KEPT
    files = {file.stem: file for file in kept.glob("*.png")}
    assert set(files) == set(listed)
    assert len(files) <= 20
    shown = {
        Path(link).stem for page in pages() for link in links(page) if "pictures/guide" in link
    }
    assert shown == set(files)
    for file in files.values():
        assert file.stat().st_size <= handbook["pictures"].LARGEST, file.name


@pytest.mark.parametrize(
    ("line", "fetched"),
    [
        ('<a href="https://helpx.adobe.com">steps</a>', False),
        ('<script src="_static/furo.js"></script>', False),
        ('<script src="https://cdn.example/x.js"></script>', True),
        ('<link rel="stylesheet" href="//fonts.example/x.css">', True),
        ("@font-face { src: url(https://fonts.example/x.woff2) }", True),
    ],
)
def test_what_a_page_would_fetch_from_elsewhere_is_found(handbook, tmp_path, line, fetched):
    (tmp_path / "page.html").write_text(line, encoding="utf-8")
    assert bool(handbook["build"].remote(tmp_path)) is fetched

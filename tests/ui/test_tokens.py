"""Every colour can be read, and none is written anywhere but in the tokens."""

import re
from pathlib import Path

import pytest

import ui
from ui import contrast, tokens, tokens_large

HEX = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b")
PIXELS = re.compile(
    r"\d+px"
    r"|\.set(?:Fixed|Minimum|Maximum)?(?:Width|Height|Size|Spacing|ContentsMargins|PixelSize)"
    r"\([^)a-z_]*[1-9]"
    r"|QColor\(\s*[\"'\d]"
)
# Qt reads 1 as "as small as need be"; 0 would stand for "not set".
COLLAPSE = re.compile(r"setMinimum(?:Height|Width)\(1\)")
OWN = {"tokens.py", "tokens_large.py", "theme.py", "sheet.py"}


@pytest.mark.parametrize("palette", [*tokens.THEMES, "print"])
def test_every_pair_has_the_contrast_it_needs(palette):
    colours = tokens.PRINT if palette == "print" else tokens.THEMES[palette]
    assert contrast.shortfalls(colours) == []
    assert contrast.shortfalls(tokens_large.LARGE.get(palette, colours)) == []


def test_a_pair_that_cannot_be_read_is_named(monkeypatch):
    monkeypatch.setattr(contrast, "PAIRS", (("line", "surface", 3.0),))
    (said,) = contrast.shortfalls(tokens.DIM)
    assert said.startswith("line on surface is 1.")


def test_contrast_is_that_of_the_standard():
    # WCAG 2.2: black on white is 21:1; #777777 on white is the well-known 4.48:1
    assert contrast.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("themes", [tokens.THEMES, tokens_large.LARGE])
def test_dim_green_gives_off_the_same_light_as_dim(themes):
    names = tokens.Palette.__slots__
    warm = {name: contrast.luminance(themes["dim"][name]) for name in names}
    green = {name: contrast.luminance(themes["dim-green"][name]) for name in names}
    # the darkest colours have few steps of 1/255 to choose from
    assert green == pytest.approx(warm, rel=0.02, abs=0.0003)


def test_a_name_that_is_no_token_is_refused():
    with pytest.raises(KeyError):
        tokens.DIM["purple"]


def strays(text):
    lines = [line for line in text.splitlines() if not COLLAPSE.search(line)]
    return [line for line in lines if HEX.search(line) or PIXELS.search(line)]


def test_no_colour_or_size_is_written_outside_the_tokens():
    files = [file for file in Path(ui.__file__).parent.rglob("*.py") if file.name not in OWN]
    found = {file.name: strays(file.read_text(encoding="utf-8")) for file in files}
    assert len(files) > 30
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_stray_colour_or_size_would_be_seen():
    stray = (
        'QColor("red")',
        'ink = "#c9994f"',
        "box.setFixedHeight(44)",
        "line.setSpacing(8)",
        "line.setContentsMargins(0, 8, 0, 8)",
        'sheet = "padding: 4px"',
    )
    assert strays("\n".join(stray)) == list(stray)

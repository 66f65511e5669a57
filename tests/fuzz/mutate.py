"""Damages a file as its kind can be damaged: bytes, or the JSON, TOML or text that is in them."""

import json
import random
import re
from collections.abc import Callable
from typing import Any, Literal

Form = Literal["bytes", "json", "lines", "toml", "text"]
Chance = random.Random

DEEP = 10_000  # brackets, one in the other
_RAW = "\x01raw:"
"""Begins a text that is written into the JSON as it stands, without quotation marks."""
_WRITTEN_RAW = re.compile(r'"\\u0001raw:(.*?)"')

TEXTS = (
    "", " ", "\0", "\u202e12", "\u200b", "\u2028", "\ufeff", "\ud800", "\U0001f489", "İ", "ﷺ" * 50,
    "a" * 9_000, "9" * 5_000, "-" * 3_000 + "1", "../../etc/passwd", "NaN", "1e400", "0x10", "١٢",
    "2026-02-30T25:61:00+99:99", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
    "2026-11-22T14:04:00-07:00", "%s%n{0}{x}", "<b>&#0;", "'; DROP TABLE entry; --", "=1+1",
)  # fmt: skip
NUMBERS = (
    0, -1, 1, 2**31, -(2**31), 2**63, 2**64, 10**18, -(10**400), 10**4_000, 0.1, -0.0, True, False,
    None,
)  # fmt: skip
LITERALS = (
    "NaN", "-Infinity", "1e999", "-1e-999", "1e999999999", "1E-999999999999", "9" * 5_000,
    "0.1e-7", "[" * DEEP, "[" * DEEP + "]" * DEEP, "{'a':" * 50,
)  # fmt: skip
TOML_VALUES = (
    "nan", "-inf", "1e999999999", "0x" + "f" * 400, "9" * 4_000, "''", '"\\uD800"', "[]", "{}",
    "1979-05-27", "9999-12-31T23:59:59-23:59", "[" * DEEP, "[" * DEEP + "]" * DEEP, "true", '"""',
    "{a.b.c = 1}", "0.30000000000000000000000001", '"' + "long " * 2_000 + '"',
)  # fmt: skip
_BITS = (b"9" * 40, b"[" * 5_000, b"<<", b"endobj", b"\0" * 16, b"\xff" * 8, b'"', b"\n", b"\\u")


def mutated(form: Form, content: bytes, chance: Chance) -> bytes:
    """The content with one to a few wounds of the kind that suits it."""
    if form == "bytes" or chance.random() < 0.15:
        return wounded(content, chance)
    try:
        return _SUITING[form](content, chance)
    except (ValueError, RecursionError):  # it is damaged so far that only bytes are left of it
        return wounded(content, chance)


def wounded(content: bytes, chance: Chance) -> bytes:
    """A few random wounds: bytes changed, cut out, repeated, moved, foreign ones put in."""
    changed = bytearray(content or b"\0")
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice((1, 8, 64, 2_000)))
        match chance.randrange(6):
            case 0:
                changed[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
            case 1:
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end] * chance.choice((1, 3, 20))
            case 3:
                changed[:0] = changed[start:end]
            case 4:
                del changed[end:]
            case _:
                changed[start:start] = chance.choice(_BITS)
    return bytes(changed)


def _json(content: bytes, chance: Chance) -> bytes:
    tree = json.loads(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        tree = _tree(tree, chance)
    return written(tree)


def written(tree: Any) -> bytes:
    """The tree as JSON, with its raw texts as they stand; half letters stay escaped."""
    text = json.dumps(tree)
    return _WRITTEN_RAW.sub(lambda found: json.loads(f'"{found[1]}"'), text).encode("utf-8")


def _tree(tree: Any, chance: Chance) -> Any:
    """The tree with one part of it changed: the part is chosen going down from the root."""
    if isinstance(tree, dict) and tree and chance.random() < 0.93:
        key = chance.choice(list(tree))
        return _in_object(tree, key, chance)
    if isinstance(tree, list) and tree and chance.random() < 0.93:
        place = chance.randrange(len(tree))
        if chance.random() < 0.2:
            return chance.choice((tree[:place], tree + tree, tree[::-1], [*tree, tree[place]]))
        return [*tree[:place], _tree(tree[place], chance), *tree[place + 1 :]]
    return _leaf(tree, chance)


def _in_object(tree: dict[str, Any], key: str, chance: Chance) -> dict[str, Any]:
    match chance.randrange(8):
        case 0:
            return {name: value for name, value in tree.items() if name != key}
        case 1:
            return {**tree, chance.choice(TEXTS): tree[key]}
        case 2:
            return {**tree, key: tree[chance.choice(list(tree))]}
        case _:
            return {**tree, key: _tree(tree[key], chance)}


def _leaf(value: Any, chance: Chance) -> Any:
    match chance.randrange(6):
        case 0:
            return chance.choice(NUMBERS)
        case 1:
            return chance.choice(TEXTS)
        case 2:
            return _RAW + chance.choice(LITERALS)
        case 3:
            return chance.choice(([], {}, [value], {"kind": value}, [[value] * 3] * 3))
        case _:
            return _near(value, chance)


def _near(value: Any, chance: Chance) -> Any:
    """Something of the same kind, a little off."""
    if isinstance(value, bool) or value is None:
        return chance.choice((not value, 0, "yes"))
    if isinstance(value, int | float):
        return chance.choice((value + 1, value - 1, -value, value * 10, str(value)))
    if isinstance(value, str):
        place = chance.randrange(len(value) + 1)
        piece = chance.choice((*TEXTS, "0", "-", ":", ".", "é"))
        return chance.choice((value[:place] + piece + value[place:], value[:place], value * 2))
    return _tree(value, chance)


def _lines(content: bytes, chance: Chance) -> bytes:
    """One JSON object a line: some lines are changed, and some stand elsewhere."""
    lines = content.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                del lines[place : place + chance.choice((1, 3))]
                lines = lines or [b""]
            case 1:
                lines.insert(chance.randrange(len(lines) + 1), lines[place])
            case 2:
                other = chance.randrange(len(lines))
                lines[place], lines[other] = lines[other], lines[place]
            case _:
                lines[place] = _json(lines[place] or b"{}", chance)
    return b"\n".join(lines)


def _toml(content: bytes, chance: Chance) -> bytes:
    lines = content.decode("utf-8").split("\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(len(lines))
        name, equals, value = lines[place].partition("=")
        match chance.randrange(6):
            case 0:
                del lines[place]
                lines = lines or [""]
            case 1:
                lines.insert(chance.randrange(len(lines) + 1), lines[place])
            case 2:
                lines.insert(place, chance.choice(("[a]", "[[a]]", "[a.b", "x", "= 1", "\0")))
            case _ if equals:
                odd = json.dumps(_near(value.strip().strip('"'), chance))
                lines[place] = f"{name}= {chance.choice((*TOML_VALUES, odd))}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _text(content: bytes, chance: Chance) -> bytes:
    text = content.decode("utf-8")
    for _ in range(chance.choice((1, 1, 2))):
        text = _near(text, chance)
    return str(text).encode("utf-8", "surrogatepass")


_SUITING: dict[Form, Callable[[bytes, Chance], bytes]] = {
    "json": _json,
    "lines": _lines,
    "toml": _toml,
    "text": _text,
}

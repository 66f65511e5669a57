"""Sentences with places in them: what an f-string or a count can come to, with its places named."""

import ast
from itertools import product
from typing import Final

# A place is named after what goes through these.
PASSED_THROUGH: Final = frozenset(
    {"str", "len", "abs", "int", "round", "sorted", "list", "tuple", "max", "min", "sum", "repr"}
    | {"lower", "upper", "capitalize", "strip"}
)


def alternatives(node: ast.expr) -> list[str]:
    """The literals a place may hold, where it is a choice between literals or a count."""
    if isinstance(node, ast.IfExp):
        branches = [alternatives(each) for each in (node.body, node.orelse)]
        return [*branches[0], *branches[1]] if all(branches) else []
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value or "\0"]
    return []


def templates_of(node: ast.expr) -> list[str]:
    """The messages that an f-string or a count can come to, at most eight."""
    used: dict[str, int] = {}
    if isinstance(node, ast.Call):
        return _count_templates(node, used)
    values = node.values if isinstance(node, ast.JoinedStr) else ()
    parts = [_part(part, used) for part in values]
    size = 1
    for index, part in enumerate(parts):
        size *= len(part)
        if size > 8:
            parts[index], size = ["{" + _numbered("word", used) + "}"], size // len(part)
    return list(dict.fromkeys("".join(each) for each in product(*parts)))


def _part(part: ast.expr, used: dict[str, int]) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    value = part.value if isinstance(part, ast.FormattedValue) else part
    either = alternatives(value)
    if either:
        return [each.replace("\0", "") for each in either]
    if isinstance(value, ast.Call) and _name(value.func) == "count" and len(value.args) > 1:
        return _count_templates(value, used) or ["{" + _numbered("count", used) + "}"]
    return ["{" + _numbered(_name(value), used) + "}"]


def _count_templates(node: ast.Call, used: dict[str, int]) -> list[str]:
    nouns = [each.value for each in node.args[1:] if isinstance(each, ast.Constant)]
    if not nouns or not all(isinstance(noun, str) for noun in nouns):
        return []
    place = "{" + _numbered(_name(node.args[0]), used) + "}"
    several = nouns[1] if len(nouns) > 1 else f"{nouns[0]}s"
    return [f"{place} {nouns[0]}", f"{place} {several}"]


def _numbered(name: str, used: dict[str, int]) -> str:
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}{used[name]}"


def _name(node: ast.expr) -> str:
    """A name for what stands in a place, from the expression that fills it."""
    if isinstance(node, ast.Name):
        return node.id.strip("_").lower() or "value"
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_").lower()
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    if isinstance(node, ast.Call):
        name = _name(node.func)
        inner = node.args[0] if node.args else getattr(node.func, "value", None)
        if name in PASSED_THROUGH and isinstance(inner, ast.expr):
            return _name(inner)
        return name
    if isinstance(node, ast.BinOp):
        return _name(node.left)
    if isinstance(node, ast.IfExp):
        return _name(node.body)
    return "value"

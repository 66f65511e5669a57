"""What the window says in its banners and boxes, read from the source."""

import ast
import re
from dataclasses import dataclass
from functools import cache

from tests.helpers.sentences import modules, text_of, tree

_SPEAKS = re.compile(r"\bMessage\(|\.say\(|_failed\(|refused\.emit\(|unsaved\.emit\(")
GRAVE = ("danger", "warn")
TONES = (["danger"], ["warn"], ["ok"], ["muted"])  # so a line under a field is spoken to
SAFE_TOO = ("saved", "waits", "stands", "on the disk", "by itself", "kept aside")
# what is handed a sentence that it then says: why something did not happen
WHY = {"_failed", "_no_figures", "_no_guide", "_not_packed"}
WHY_SIGNALS = {"failed", "refused", "unsaved"}


@dataclass(frozen=True)
class Told:
    """One banner, box or reason: ``detail`` is empty where only the run can tell it."""

    place: str
    tone: str
    happened: str
    detail: str
    act: str = ""


@cache
def all_told():
    """Every place in the window where one is made with a sentence of its own."""
    found = []
    for module in modules():
        if (
            module.startswith("ui.")
            and ".gallery" not in module
            and _SPEAKS.search(modules()[module].read_text("utf-8"))
        ):
            calls = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
            found += [told for node in calls if (told := _told(node, module)) is not None]
    return tuple(found)


def _told(node, module):
    place = f"{module}:{node.lineno}"
    texts = [text_of(one, module) or "" for one in node.args]
    named = {one.arg: text_of(one.value, module) or "" for one in node.keywords}
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if getattr(node.func, "id", "") == "Message" and len(texts) > 2:
        return Told(place, texts[0], texts[1], texts[2], named.get("act", ""))
    aside = texts[:1] in TONES or _over(node) in {"progress", "work", "notices"}  # no box
    if name == "say" and len(texts) == 2 and not aside:
        return Told(place, named.get("tone", "danger"), texts[0], texts[1])
    if texts and (name in WHY or (name == "emit" and _over(node) in WHY_SIGNALS)):
        return Told(place, "danger", "", texts[0])
    return None


def _over(node):
    """What the method is called of: the progress, the notices."""
    return getattr(getattr(node.func, "value", None), "attr", "")

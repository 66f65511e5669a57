"""What was typed and chosen in a form, as plain values that can be kept and put back.

Every widget that something is typed into says what stands in it (`kept`) and takes it up again
(`take_back`). A form is walked for them; each is known by its accessible name, so that what was
kept still finds its place when the form is laid out otherwise. Ink is never kept, and neither is
anything typed where letters are hidden.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.language.saying import name_of

Fields = dict[str, object]

_GONE: Final = "gone"
_PASSES: Final = 4  # what is put back may show, or make, further fields


class Kept:
    """A widget whose content can be kept; None where it must not be."""

    def kept(self) -> object:
        """What stands in it, as JSON; the same as of a new one where nothing does."""
        raise NotImplementedError

    def take_back(self, kept: object) -> None:
        """Have that stand in it again, as if it was typed; what it cannot hold is passed over."""
        raise NotImplementedError

    def kept_name(self) -> str:
        """What it is known by among the others of its form."""
        return name_of(self) if isinstance(self, QWidget) else ""


def take_away(widget: QWidget) -> None:
    """Deletes a part of a form in the next turn; what stands in it counts no more from now on."""
    widget.hide()
    widget.setProperty(_GONE, True)  # noqa: FBT003 - Qt's own signature
    widget.deleteLater()


def kept_in(root: QWidget) -> Fields:
    """Everything that is typed and chosen in a form, by name."""
    found: Fields = {}
    for name, widget in _named(root):
        value = widget.kept()
        if value is not None:
            found[name] = value
    return found


def put_back(root: QWidget, fields: Fields) -> tuple[str, ...]:
    """Has all of it stand there again; the names of what could not be put back.

    A choice may show or make further fields, so that the form is walked until nothing changes.
    """
    for _ in range(_PASSES):
        changed = False
        for name, widget in list(_named(root)):
            if name in fields and widget.kept() != fields[name]:
                widget.take_back(fields[name])
                changed = True
        if not changed:
            return ()
    now = kept_in(root)
    return tuple(name for name, value in fields.items() if now.get(name) != value)


def focused_in(root: QWidget) -> str:
    """The name of what has the keyboard in a form; empty where nothing has."""
    return next((name for name, w in _named(root) if _has_focus(w)), "")


def focus_on(root: QWidget, name: str) -> bool:
    """Give the keyboard to what goes by that name; False where nothing does."""
    for here, widget in _named(root):
        if here == name and isinstance(widget, QWidget):
            widget.setFocus()
            return True
    return False


def texts(kept: object) -> list[str]:
    """The strings of something kept as a list; none where it is another shape."""
    return [str(one) for one in kept] if isinstance(kept, list) else []


def _has_focus(widget: Kept) -> bool:
    if not isinstance(widget, QWidget):
        return False
    there: QWidget | None = widget.window().focusWidget()
    return there is not None and (there is widget or widget.isAncestorOf(there))


def _named(root: QWidget) -> Iterator[tuple[str, Kept]]:
    """Each with its name; the second of a name is “name 2”."""
    seen: dict[str, int] = {}
    for widget in _walk(root):
        name = widget.kept_name()
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} {seen[name]}"), widget


def _walk(root: QWidget) -> Iterator[Kept]:
    for child in root.children():
        if not isinstance(child, QWidget) or (child.isHidden() and child.property(_GONE)):
            continue
        if isinstance(child, Kept):
            yield child
        else:
            yield from _walk(child)

"""What a widget is called and how it is described: kept in English, said as the window speaks.

Every name, description and tool tip of a widget is set here, so that a screen reader speaks the
language that is seen, and everything can be said again when the language is changed.
"""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.language import shown, spoken

# Only while another language than English is spoken is the English kept beside it.
_NAME, _DESCRIPTION, _TIP = "english_name", "english_description", "english_tip"
_VERBATIM = "described_verbatim"


def say_name(widget: QWidget, text: str) -> None:
    """Call a widget so, for whoever listens."""
    _keep(widget, _NAME, text)
    widget.setAccessibleName(shown(text))


def describe(widget: QWidget, text: str) -> None:
    """Say more of a widget, for whoever listens."""
    _keep(widget, _DESCRIPTION, text)
    widget.setAccessibleDescription(shown(text))


def describe_verbatim(widget: QWidget, text: str) -> None:
    """Describe it in the very words that are given, whatever the window speaks."""
    widget.setProperty(_VERBATIM, "true")
    widget.setAccessibleDescription(text)


def say_tip(widget: QWidget, text: str) -> None:
    """Say this while the pointer rests on a widget."""
    _keep(widget, _TIP, text)
    widget.setToolTip(shown(text))


def name_of(widget: QWidget) -> str:
    """What a widget is called in English, for code that asks by it."""
    return _kept(widget, _NAME, widget.accessibleName())


def description_of(widget: QWidget) -> str:
    """How a widget is described in English."""
    return _kept(widget, _DESCRIPTION, widget.accessibleDescription())


class SaysAgain:
    """A widget that holds words in English and shows them in the window's language."""

    def say_again(self) -> None:
        """Show the same words in the language that is spoken now."""
        raise NotImplementedError


def say_again(widgets: Sequence[QWidget], speak: Callable[[], None]) -> None:
    """Say everything of these widgets again, in the language that ``speak`` changes to."""
    english = [_english(widget) for widget in widgets]
    speak()
    for widget, (name, description, tip) in zip(widgets, english, strict=True):
        if name:
            say_name(widget, name)
        if description and not widget.property(_VERBATIM):
            describe(widget, description)
        if tip:
            say_tip(widget, tip)
        if isinstance(widget, SaysAgain):
            widget.say_again()
        widget.update()


def _english(widget: QWidget) -> tuple[str, str, str]:
    return name_of(widget), description_of(widget), _kept(widget, _TIP, widget.toolTip())


def _keep(widget: QWidget, what: str, text: str) -> None:
    if spoken() != "en":
        widget.setProperty(what, text)


def _kept(widget: QWidget, what: str, said: str) -> str:
    if spoken() == "en":
        return said
    kept = widget.property(what)
    return kept if isinstance(kept, str) else said

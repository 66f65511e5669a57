"""What a button looks like in each of its states: which colours, by the names of their tokens."""

from enum import Enum
from typing import Final, NamedTuple


class Kind(Enum):
    """What pressing it means."""

    PLAIN = "plain"
    QUIET = "quiet"  # a way out, or a small act beside a heading
    DANGER = "danger"  # pause, emergency, void
    PRIMARY = "primary"  # the one filled button of a screen


class State(Enum):
    """How it stands; the focus is a ring on top of any of these."""

    REST = "rest"
    TOUCHED = "touched"  # pointed at, or held down
    CHOSEN = "chosen"
    CLOSED = "closed"


class Inks(NamedTuple):
    """Tokens of one state; no fill or line where empty."""

    fill: str
    line: str
    ink: str
    sub: str


_REST: Final = {
    Kind.PLAIN: Inks("", "control", "text", "muted"),
    Kind.QUIET: Inks("", "", "muted", "muted"),
    Kind.DANGER: Inks("danger_bg", "danger_line", "danger", "danger"),
    Kind.PRIMARY: Inks("cta", "accent", "on_cta", "on_cta"),
}
_HOVER: Final = {Kind.DANGER: "danger_bg", Kind.PRIMARY: "cta_hover"}
_CHECKED: Final = {
    "accent_text": Inks("accent_soft", "accent", "accent_text", "muted"),
    "ok": Inks("ok_bg", "ok_line", "ok", "muted"),
    "warn": Inks("warn_bg", "warn_line", "warn", "muted"),
    "danger": Inks("danger_bg", "danger_line", "danger", "muted"),
}


def inks_of(kind: Kind, *, tone: str, state: State) -> Inks:
    """The colours of a button of that kind; ``tone`` is what it takes when chosen."""
    if state is State.CLOSED:
        if kind is Kind.PRIMARY:
            return Inks("raised", "control", "muted", "muted")
        return Inks("", "" if kind is Kind.QUIET else "line", "faint", "faint")
    if state is State.CHOSEN:
        return _CHECKED[tone]
    rest = _REST[kind]
    if state is State.TOUCHED:
        return Inks(_HOVER.get(kind, "raised"), rest.line, rest.ink, rest.sub)
    return rest

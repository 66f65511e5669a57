"""Says at the start what became of an update: done, undone, given up, or waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.notices import Message
from ui.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from ketachart.charting.updating import Found
    from ui.desk import Desk

KEY: Final = "update"
_TOLD: Final[dict[str, tuple[Tone, str]]] = {
    "done": ("ok", "KetaChart was updated"),
    "back": ("ok", "The version before runs again"),
    "undone": ("warn", "The update was not finished"),
    "waiting": ("warn", "An update waits"),
    "given up": ("danger", "The new version did not come up"),
}


def tell(desk: Desk) -> None:
    """Finishes or undoes what was left, in a worker; nothing where no update ever came here."""
    if not (desk.folder / "updates").is_dir():
        return

    def work(_job: object) -> object:
        from ketachart.charting import updating

        return updating.left_over(desk.folder)

    job = desk.workers.start(work)
    job.done.connect(lambda found: _say(desk, found))
    job.failed.connect(lambda error: _trouble(desk, str(error)))


def _say(desk: Desk, found: Found | None) -> None:
    if found is None:
        return
    tone, happened = _TOLD[found.what]
    desk.notices.say(KEY, Message(tone, happened, found.sentence, "I have seen it", _settle(desk)))


def _trouble(desk: Desk, why: str) -> None:
    happened = "What an update left could not be tidied up"
    desk.notices.say(KEY, Message("warn", happened, why, "I have seen it", _settle(desk)))


def _settle(desk: Desk) -> Callable[[], None]:
    return lambda: desk.notices.settle(KEY)

"""Looks at the open forms about once a second and hands over what was typed in them.

Only what differs from the form as it opened is kept: a form nobody typed into is no draft. What
was kept and has no form any more (a crash, the lock, a visit that was left) waits to be put back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, Signal

from ketachart.errors import LedgerError
from ui.drafts.content import bare, part
from ui.drafts.form import Drafted
from ui.drafts.host import Desk
from ui.notices import Message
from ui.widgets.keeping import Fields, focus_on, focused_in, kept_in, put_back

if TYPE_CHECKING:
    from ketachart.charting.drafts import DraftDesk, FormDraft

LOOK: Final = "look-at-forms"
EVERY: Final = timedelta(milliseconds=500)  # with the time a disk takes, it is under a second old
NOT_KEPT, PARTLY, UNREAD = "drafts-not-kept", "drafts-partly", "drafts-unread"
_SEEN: Final = "I have seen it"


@dataclass(slots=True, eq=False)
class _Watched:
    """One form that was opened: how it stood then, and what of it was kept last."""

    form: Drafted
    stream: str
    baseline: Fields
    key: str = ""  # of its draft; empty while nothing is typed
    last: Fields = field(default_factory=dict)


class FormKeeper(QObject):
    """The drafts of one window."""

    changed = Signal()  # other forms wait to be put back

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watched: dict[int, _Watched] = {}
        self._waiting: dict[str, FormDraft] = {}
        self._wanted: FormDraft | None = None
        desk.unlocked.connect(self._unlocked)
        desk.locked.connect(self._locked)
        desk.visit_closed.connect(self._visit_closed)

    # ------------------------------------------------ what waits

    def waiting(self, stream: str) -> tuple["FormDraft", ...]:
        """The forms of a visit, or of none, that this person typed; the oldest first."""
        return tuple(one for one in self._of(stream) if one.staff_id == self._me())

    def theirs(self, stream: str) -> tuple["FormDraft", ...]:
        """The same of others: that there are any is said, and not what is in them."""
        return tuple(one for one in self._of(stream) if one.staff_id != self._me())

    def throw_away(self, draft: "FormDraft") -> None:
        """The nurse does not want it back."""
        self._drop(draft.key)

    def look_again(self) -> None:
        """What was charted meanwhile waits no more."""
        if self._waiting:
            there = {one.key for one in self._drafts.all()}
            self._waiting = {k: one for k, one in self._waiting.items() if k in there}
            self.changed.emit()

    def _of(self, stream: str) -> list["FormDraft"]:
        if not self._desk.is_unlocked:
            return []
        found = [one for one in self._waiting.values() if one.stream == stream]
        return sorted(found, key=lambda one: one.saved_at)

    def _me(self) -> str:
        return self._desk.office.staff_id

    @property
    def _drafts(self) -> "DraftDesk":
        return self._desk.office.keeping.drafts

    # ------------------------------------------------ forms that are opened

    @contextmanager
    def opening(self, form: Drafted) -> Iterator[bool]:
        """A form is opened inside; True where what was typed before will be put back in it.

        What the form fills in by itself meanwhile is no draft.
        """
        with self.renewing(form):
            yield self._is_wanted_by(form)
        if self._is_wanted_by(form):
            self._put_back(form)

    @contextmanager
    def renewing(self, form: Drafted) -> Iterator[None]:
        """The visit changed, and the form shows what follows: that is nothing typed."""
        watched = self._watch(form)
        if watched is not None:
            self._look_at(watched)
        yield
        if watched is not None and not watched.key:
            watched.baseline = kept_in(form.form_root())

    def over(self, form: Drafted) -> None:
        """It is recorded: the entry is on the disk, and the form was emptied."""
        watched = self._watched.get(id(form))
        if watched is None:
            return
        self._drop(watched.key)
        watched.key, watched.last = "", {}
        if shiboken6.isValid(form):
            watched.baseline = kept_in(form.form_root())

    def want(self, draft: "FormDraft") -> None:
        """The next form of that name to be opened is to have this put back."""
        self._wanted = draft

    def taken(self) -> bool:
        """Whether what was wanted stands in its form; if not, it waits on."""
        wanted, self._wanted = self._wanted, None
        return wanted is None

    def _is_wanted_by(self, form: Drafted) -> bool:
        wanted = self._wanted
        watched = self._watched.get(id(form))
        if wanted is None or watched is None or watched.key:
            return False
        return (wanted.form, wanted.stream) == (form.draft_name, watched.stream)

    def _watch(self, form: Drafted) -> _Watched | None:
        if not form.draft_name or not self._desk.is_unlocked:
            return None
        if id(form) not in self._watched:
            stream, now = form.form_stream(), kept_in(form.form_root())
            self._watched[id(form)] = _Watched(form, stream, now)
            recorded = getattr(form, "recorded", None)
            if recorded is not None:
                recorded.connect(lambda: self.over(form))
        return self._watched[id(form)]

    def _put_back(self, form: Drafted) -> None:
        draft, self._wanted = self._wanted, None
        watched = self._watched[id(form)]
        if draft is None:
            return
        fields, inside = part(draft.content, "fields"), part(draft.content, "inside")
        form.take_act(draft.act)
        form.take_back_inside(inside)
        lost = put_back(form.form_root(), fields)
        form.taken_back()
        focus_on(form.form_root(), str(draft.content.get("focus", "")))
        watched.key, watched.last = draft.key, kept_in(form.form_root())
        self._waiting.pop(draft.key, None)
        self.changed.emit()
        if lost:
            self._say(
                PARTLY,
                f"Not all of “{draft.title}” could be put back",
                f"Look at {', '.join(lost)}: what was chosen there is not offered any more.",
            )

    # ------------------------------------------------ keeping

    def look(self) -> None:
        """Hands over what was typed since the last look; called by a timer."""
        for watched in list(self._watched.values()):
            if not shiboken6.isValid(watched.form):
                self._let_go(watched)
            else:
                self._look_at(watched)
        if self._desk.is_unlocked:
            self._tell_trouble()

    def rest(self) -> None:
        """The ledger is about to be locked: nothing typed is lost by it."""
        if self._desk.is_unlocked:
            self.look()

    def _look_at(self, watched: _Watched) -> None:
        form = watched.form
        fields = kept_in(form.form_root())
        if fields == watched.last or (not watched.key and fields == watched.baseline):
            return
        if bare(fields) == bare(watched.baseline):
            self._drop(watched.key)  # typed, and taken back by hand
            watched.key, watched.last = "", {}
            return
        act = form.form_act(self._desk.new_act)
        watched.key = watched.key or f"{watched.stream}/{form.draft_name}/{act}"
        watched.last = fields
        self._keep(watched, act)

    def _keep(self, watched: _Watched, act: str) -> None:
        from ketachart.charting.drafts import FormDraft

        form = watched.form
        content: dict[str, object] = {
            "fields": watched.last,
            "inside": form.kept_inside(),
            "focus": focused_in(form.form_root()),
        }
        self._drafts.keep(
            FormDraft(
                key=watched.key,
                stream=watched.stream,
                form=form.draft_name,
                title=form.form_title,
                saved_at=self._desk.now(),
                act=act,
                content=content,
                staff_id=self._me(),
            )
        )

    def _drop(self, key: str) -> None:
        if key and self._desk.is_unlocked:
            self._drafts.drop(key)
        if self._waiting.pop(key, None) is not None:
            self.changed.emit()

    def _let_go(self, watched: _Watched) -> None:
        """Its form is gone; what was typed in it waits."""
        self._watched = {k: one for k, one in self._watched.items() if one is not watched}
        draft = self._drafts.known(watched.key) if self._desk.is_unlocked else None
        if draft is not None:
            self._waiting[draft.key] = draft
            self.changed.emit()

    # ------------------------------------------------ the ledger and the visit

    def _unlocked(self) -> None:
        try:
            self._waiting = {one.key: one for one in self._drafts.all()}
        except LedgerError:
            self._waiting = {}  # what is wrong with the ledger is said where it was opened
        self._desk.heartbeat.every(LOOK, EVERY, self.look)
        unread = self._drafts.unread
        if unread:
            self._say(UNREAD, "What was typed before cannot be put back", unread)
        self.changed.emit()

    def _locked(self) -> None:
        self._watched, self._waiting, self._wanted = {}, {}, None
        self._desk.heartbeat.cancel(LOOK)
        for key in (NOT_KEPT, PARTLY, UNREAD):
            self._desk.notices.settle(key)
        self.changed.emit()

    def _visit_closed(self) -> None:
        """Its forms are thrown away with it; what was typed in them waits for it."""
        for watched in [one for one in self._watched.values() if one.stream]:
            if shiboken6.isValid(watched.form):
                self._look_at(watched)
            self._let_go(watched)
        self._desk.notices.settle(PARTLY)

    def _tell_trouble(self) -> None:
        trouble = self._drafts.trouble
        if not trouble:
            self._desk.notices.settle(NOT_KEPT)
            return
        self._drafts.retry()
        happened = "What you type is not kept until you record it"
        self._desk.notices.say(NOT_KEPT, Message("warn", happened, trouble))

    def _say(self, key: str, happened: str, detail: str) -> None:
        notices = self._desk.notices
        on_act = lambda: notices.settle(key)  # noqa: E731 - the one thing its button does
        notices.say(key, Message("warn", happened, detail, act=_SEEN, on_act=on_act))

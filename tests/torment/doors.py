"""What the visit asks of the desks of the laptop's own book."""

from datetime import datetime
from pathlib import Path

from ketachart.charting import OpenClinic
from ketachart.charting.drafts import FormDraft
from ketachart.charting.restoring import copies_at
from ketachart.errors import LedgerError


def change_passphrase(office: OpenClinic, old: str, new: str) -> None:
    """She gives herself another passphrase."""
    people = office.keeping.people
    people.finish_change(people.change_passphrase(old, new).work())


def keep_draft(office: OpenClinic, stream: str, words: str, now: datetime) -> None:
    """A form that is half typed is kept, and the disk waited for.

    Raises:
        LedgerError: it could not be kept; the window shows the same sentence.
    """
    drafts = office.keeping.drafts
    draft = FormDraft(
        key=f"{stream}/note",
        stream=stream,
        form="note",
        title="Note",
        saved_at=now,
        act="",
        content={"text": words},
    )
    drafts.keep(draft)
    drafts.flush()
    if drafts.trouble:
        raise LedgerError(drafts.trouble)


def drafts_of(office: OpenClinic) -> list[str]:
    """The words of every form that was half typed."""
    return [str(each.content["text"]) for each in office.keeping.drafts.all()]


def back_up(office: OpenClinic, place: Path) -> None:
    """A verified copy in another folder."""
    backups = office.keeping.backups
    if backups.place() != place:
        backups.choose(place)
    backups.finish(backups.task("asked for").work())


def whole_copies(place: Path) -> int:
    """How many copies lie there whole."""
    return sum(not copy.fault for copy in copies_at(place))

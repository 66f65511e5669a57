"""What the visit asks of the desks of the laptop's own book."""

from datetime import datetime
from pathlib import Path

from ketachart.charting import OpenClinic


def change_passphrase(office: OpenClinic, old: str, new: str) -> None:
    """She gives herself another passphrase."""
    people = getattr(office.keeping, "people", None)
    if people is not None:
        people.finish_change(people.change_passphrase(old, new).work())
        return
    from ketachart.storage.keyring import FAST_FOR_TESTS, Keyring

    ring = Keyring.read(office.folder)
    unwrapped = office._ledger.unwrapped
    ring.change_passphrase(unwrapped, passphrase=new, kdf=FAST_FOR_TESTS).write(office.folder)


def keys_follow(office: OpenClinic) -> bool:
    """Whether her signing key is locked by the new passphrase as well."""
    return getattr(office.keeping, "people", None) is not None


def keep_draft(office: OpenClinic, stream: str, words: str, now: datetime) -> bool:
    """A form that is half typed is kept; False where KetaChart keeps none."""
    drafts = getattr(office.keeping, "drafts", None)
    if drafts is None:
        return False
    from ketachart.charting.drafts import FormDraft

    drafts.keep(
        FormDraft(
            key=f"{stream}/note",
            stream=stream,
            form="note",
            title="Note",
            saved_at=now,
            act="",
            content={"text": words},
        )
    )
    return True


def drafts_of(office: OpenClinic) -> list[str]:
    """The words of every form that was half typed."""
    drafts = getattr(office.keeping, "drafts", None)
    return [] if drafts is None else [str(each.content["text"]) for each in drafts.all()]


def back_up(office: OpenClinic, place: Path) -> str:
    """A verified copy in another folder: where it lies; empty where KetaChart makes none."""
    backups = getattr(office.keeping, "backups", None)
    if backups is None:
        return ""
    if backups.place() != place:
        backups.choose(place)
    made = backups.task("asked for").work()
    backups.finish(made)
    return str(place)

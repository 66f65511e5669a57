"""The page of the keys: every act of the window, its one key, and where it acts."""

from typing import Final

from handbook.marked import code, page, table
from ui.actions import ACTIONS, Where, key_of

# Where an act has a meaning, in words; a new place in `ui/actions.py` gets its words here.
PLACES: Final[dict[Where, tuple[str, str]]] = {
    "any": ("Everywhere", "Also before unlocking."),
    "unlocked": ("Everywhere, once unlocked", "On every screen once the charts are unlocked."),
    "visit": ("In a visit", "In an open visit; some of them where their rows are shown elsewhere."),
    "day": ("List of visits", "In the list of visits."),
    "new-visit": ("A new visit", "Where a visit is opened or planned."),
    "order": ("The order", "Where an order is typed or changed."),
    "stock": ("Drug count", "In the clinic's drug count."),
    "review": ("Review", "Where signed reports are reviewed or checked."),
    "check": ("Check a report", "Where a signed report is checked."),
    "certificates": ("Certificates", "Where the clinic's certificates are kept."),
    "post": ("Post", "Where packages are made and taken in."),
    "laptop": ("This laptop", "Where backups and the laptop's book are."),
    "restore": ("Restoring", "At the unlock screen, on first start, and at This laptop."),
    "people": ("People", "Where it is settled who unlocks."),
    "recovery": ("Recovery key", "At the unlock screen, at People, in a restore."),
    "update": ("Update", "Where a newer version is put in from a file."),
    "practice": ("Practice", "In the window of a practice clinic only."),
    "door": ("At the door", "Where a passphrase is typed."),
}  # fmt: skip


def pages() -> dict[str, str]:
    """The one page, by its path in the documentation."""
    parts = []
    for where, (title, words) in PLACES.items():
        rows = [(key_cell(one.name), one.words) for one in ACTIONS if one.where == where]
        if rows:
            parts += [f"## {title}", words, table(("key", "what it does"), rows)]
    return {
        "reference/keys.md": page(
            "Keys",
            "One key map for the whole window: a key means the same wherever it acts, and stands "
            f"beside its act on the screen. {code(key_of('keys'))} shows them in the window, "
            f"{code(key_of('find'))} finds an act by its words. On a Mac, Ctrl is Command. "
            "[Keys](../help/keys.md) says how fields, lists and choices are gone through; "
            "[how many keys the common acts take](../keystrokes.md) is measured.",
            *parts,
        )
    }


def key_cell(name: str) -> str:
    """The key of an act as the page shows it."""
    return code(key_of(name))

"""What is handed to the ledger is looked at before it is taken: a slip here is a fault of ours."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from ketachart.storage.canonical import require_canonical
from ketachart.storage.entry import Document, Draft


def require_sound(drafts: Sequence[Draft], documents: Sequence[Document]) -> None:
    """Let only an act pass that the ledger can keep exactly.

    Raises:
        ValueError: nothing in it, an id twice, a moment without its offset, or a paper that is not
            what its hash says.
    """
    if not drafts:
        raise ValueError("an act without entries")
    if len({draft.entry_id for draft in drafts}) != len(drafts):
        raise ValueError("two drafts with one id")
    for draft in drafts:
        require_canonical(draft.body)
        for moment in (draft.at, draft.recorded_at):
            if datetime.fromisoformat(moment).tzinfo is None:
                raise ValueError("a moment needs its offset")
    for document in documents:
        if hashlib.sha256(document.content).hexdigest() != document.sha256:
            raise ValueError("a document that is not what its hash says")

"""An addendum to a signed visit: the addition, a new version of the report and its signature.

All of it is kept in one act, or none of it; the version before it stays as it was signed.
"""

from datetime import datetime

from ketachart.charting.sealing import MakeDrafts, SealingTask, task_of
from ketachart.charting.signing_key import own_key
from ketachart.domain.addenda import MEANING, signed_by, version_of
from ketachart.domain.admission.door import admit
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.letters import Letters
from ketachart.domain.visit import Visit
from ketachart.storage.ledger import Ledger


def begin(  # noqa: PLR0913 - what a signature rests on
    ledger: Ledger,
    visit: Visit,
    addendum: Addendum,
    make_drafts: MakeDrafts,
    *,
    now: datetime,
    author: str,
    act: str,
    letters: Letters,
) -> SealingTask:
    """Checks that it may be added, and foresees the visit with it.

    Raises:
        Refused: the visit is not signed, or the addendum lacks what it needs.
        CannotSign: there is no key to sign with.
    """
    key = own_key(ledger, author, now)
    fact = signed_by(addendum, author, key.fingerprint, version=version_of(visit) + 1)
    admit(visit, fact, now=now, letters=letters)
    drafts = make_drafts((fact,), act, now)
    return task_of(ledger, visit, drafts, key, now=now, act=act, meaning=MEANING)

"""The desks of an unlocked ledger that a visit is charted without: made when they are asked for.

Each brings a hundred modules along, and with them what reads certificates and opens packages.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast

from ketachart.charting.certificate_rest import is_at_rest

if TYPE_CHECKING:
    from ketachart.charting import certificate_book, judging, policy_desk, post_book
    from ketachart.charting.certificates import CertificateDesk
    from ketachart.charting.policy_desk import PolicyDesk
    from ketachart.charting.post import PostDesk
    from ketachart.charting.supervision import Supervision
    from ketachart.domain.letters import Letters
    from ketachart.storage.ledger import Ledger

    class Office(
        certificate_book.Office, policy_desk.Office, post_book.Office, judging.Office, Protocol
    ):
        """The unlocked ledger, as each of them asks it."""


class Desks:
    """One property for each of them."""

    _ledger: Ledger
    _letters: Letters

    @property
    def _office(self) -> Office:
        """The ledger whose desks these are."""
        return cast("Office", self)

    @cached_property
    def policy(self) -> PolicyDesk:
        """The editions of the clinic's protocol."""
        from ketachart.charting.policy_desk import PolicyDesk

        return PolicyDesk(self._office, self._letters)

    @cached_property
    def post(self) -> PostDesk:
        """What goes between this ledger and the others by file."""
        from ketachart.charting.post import PostDesk

        return PostDesk(self._office, self._ledger, self._letters)

    @cached_property
    def supervision(self) -> Supervision:
        """The review of signed reports."""
        from ketachart.charting.supervision import Supervision

        return Supervision(self._office, self._ledger, self._letters)

    @property
    def may_review(self) -> bool:
        """Whether the unlocked person is a supervisor."""
        return self._office.nurse.role == "supervisor"

    @property
    def certificate_at_rest(self) -> bool:
        """Whether nothing is to be said of the unlocked person's certificate; see `is_at_rest`."""
        office = self._office
        return is_at_rest(self._ledger, office.own_stream, office.staff_id, office.time.now())

    @cached_property
    def certificates(self) -> CertificateDesk:
        """The clinic's certificates, and the unlocked person's own."""
        from ketachart.charting.certificates import CertificateDesk

        return CertificateDesk(self._office, self._ledger, self._letters)

"""What the prescriber signed since: orders by phone, and medicines of an emergency (row 109)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ketachart.charting.judging import NOT_HERE, Judging
from ketachart.domain.facts.post import HowAcknowledged, OrderAcknowledged
from ketachart.domain.post.acknowledgement import Acknowledgement, acknowledgements
from ketachart.domain.supervision.standing import newest
from ketachart.domain.wording import day_and_clock
from ketachart.errors import LedgerError, Refused

NONE_NEEDED = (
    "Nothing in this report needs the prescriber's signature here. Choose a row that was ordered "
    "by phone, or a medicine of an emergency."
)


class Acknowledging(Judging):
    """Notes beside a visit how the prescriber answered for what was ordered by phone."""

    def orders(self, stream: str) -> tuple[Acknowledgement, ...]:
        """What a prescriber must sign for in the newest report, and what came of each.

        Raises:
            LedgerDamaged: its newest report is not there.
            CannotRead: it holds no visit.
        """
        post = self._received.post(stream)
        last = newest(post)
        visit = self._received.visit_of(last.fact.sha256) if last is not None else None
        return acknowledgements(visit, post)

    def acknowledge(
        self,
        stream: str,
        entries: Iterable[str],
        how: HowAcknowledged,
        *,
        words: str = "",
        when: datetime | None = None,
    ) -> tuple[str, ...]:
        """Notes how the prescriber answered for these entries, all in one act; their ids.

        Args:
            stream: the visit's id.
            entries: ids of the entries that were ordered by phone, or given in an emergency.
            how: on paper, by fax or portal, in person; or that the prescriber refused.
            words: in the supervisor's words; a refusal needs them.
            when: when the prescriber did so; now where it is left out.

        Raises:
            Refused: no supervisor, the own visit, nothing to sign for, or a time that cannot be.
            LedgerError: nothing was kept.
        """
        self._may_judge(stream, "")
        needed = {one.needs.entry: one.needs for one in self.orders(stream)}
        chosen = tuple(dict.fromkeys(entries))
        if not chosen or any(entry not in needed for entry in chosen):
            raise Refused(NONE_NEEDED, rule="no order to sign")
        me, now = self._office.nurse, self._office.time.now()
        then = when or now
        _possible(then, now, max(needed[entry].at for entry in chosen))
        made = []
        for entry in chosen:
            item, one = self._office.time.new_id(), needed[entry]
            fact = OrderAcknowledged(
                at=now,
                item=item,
                entry=entry,
                row=one.row,
                prescriber=one.prescriber,
                how=how,
                when=then,
                words=words.strip(),
                by=f"{me.name}, {me.credential}",
                staff_id=me.staff_id,
            )
            made.append((item, fact))
        self._received.append(stream, made, (), now)
        return tuple(item for item, _fact in made)

    def take_back_acknowledgement(self, stream: str, item: str) -> None:
        """Takes back what was noted by mistake; it stays readable, and counts no more.

        Raises:
            Refused: no supervisor, there is none, or somebody else noted it.
            LedgerError: nothing was kept.
        """
        self.must_be_supervisor()
        post = self._received.post(stream)
        noted = [fact for fact in post.facts(OrderAcknowledged) if fact.item == item]
        if not noted:
            raise LedgerError(NOT_HERE)
        if any(fact.withdrawn for fact in noted):
            return
        first = noted[0]
        if first.staff_id != self._office.staff_id:
            raise Refused(
                f"{first.by} noted it, and alone can take it back: ask them.",
                rule="noted by another",
            )
        now = self._office.time.now()
        back = replace(first, at=now, withdrawn=True)
        self._received.append(stream, ((f"{item}.back", back),), (), now)


def _possible(then: datetime, now: datetime, ordered: datetime) -> None:
    if then > now:
        raise Refused(
            f"{day_and_clock(then, beside=now.date())} has not happened yet. Enter when the "
            "prescriber signed.",
            rule="in the future",
            field="when",
        )
    if then < ordered:
        raise Refused(
            f"It was ordered {day_and_clock(ordered)}; nobody signed for it before that. Check the "
            "day.",
            rule="signed before it was ordered",
            field="when",
        )

"""One line of the supervisor's queue, from what stands beside the visit and the visit itself."""

from datetime import datetime

from ketachart.domain.facts.post import QuestionAsked, VerdictGiven
from ketachart.domain.post.threads import threads
from ketachart.domain.supervision.flags import flags_of
from ketachart.domain.supervision.queue import QueueLine
from ketachart.domain.supervision.reviewer import Reviewer, against
from ketachart.domain.supervision.standing import conflicts, newest, reports, state_of
from ketachart.domain.visit import Visit


def line_of(  # noqa: PLR0913 - what a line rests on
    stream: str,
    post: Visit,
    visit: Visit | None,
    reviewer: Reviewer,
    now: datetime,
    *,
    ledger: bool = True,
) -> QueueLine | None:
    """The visit's line; None where no report of it came in yet.

    Args:
        stream: the visit's own id.
        post: what stands beside the visit.
        visit: the visit as its newest report tells it; None while that was not read again.
        reviewer: who looks at the queue.
        now: the reviewer's time.
        ledger: whether it is a ledger's queue, which knows what was signed since.
    """
    last = newest(post)
    if last is None:
        return None
    fact, patient = last.fact, visit.patient if visit is not None else None
    return QueueLine(
        stream=stream,
        number=fact.visit,
        patient=patient.full_name if patient is not None else "",
        mrn=patient.mrn if patient is not None else "",
        nurse=fact.signer,
        day=visit.opened.at.date() if visit is not None and visit.opened is not None else None,
        version=fact.report,
        sha256=fact.sha256,
        signed_at=fact.signed_at,
        taken_at=last.at,
        state=state_of(post, visit),
        flags=flags_of(visit, now, post, known=ledger) if visit is not None else (),
        good=fact.good,
        fault=fact.fault,
        conflict=conflict_words(post),
        open_questions=sum(thread.open for thread in threads(post, visit)),
        mine=_mine(post, reviewer.staff_id),
        own=against(visit, reviewer, signer=fact.staff_id) if visit is not None else "",
        known=visit is not None,
    )


def conflict_words(post: Visit) -> str:
    """That two different reports claim one version; empty where none do."""
    found = sorted({fact.report for fact in conflicts(post)})
    if not found:
        return ""
    good = {one.fact.sha256 for one in reports(post) if one.fact.good}
    both = all({fact.first, fact.second} <= good for fact in conflicts(post))
    versions = " and ".join(str(version) for version in found)
    if both:
        return f"Two different files, both signed, say that they are version {versions}."
    return f"Another file says that it is version {versions}, and is not good. It was kept too."


def _mine(post: Visit, staff_id: str) -> bool:
    asked = (fact.staff_id for fact in post.facts(QuestionAsked))
    judged = (fact.staff_id for fact in post.facts(VerdictGiven))
    return staff_id in {*asked, *judged}

"""One visit as a line of the list on the first screen; made again from the record at will."""

from datetime import datetime

from ketachart.charting.history import same_place
from ketachart.domain.after.calls import calls
from ketachart.domain.care.serious import serious
from ketachart.domain.course import phase_at
from ketachart.domain.visit import Visit
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Shelved


def shelved(stream: str, visit: Visit, opened_at: datetime) -> Shelved:
    """The line for a visit as it stands."""
    patient, order, opened = visit.patient, visit.order, visit.opened
    goal = visit.protocol.goal(order.goal) if order is not None else None
    series = ""
    if order is not None and order.series_number is not None and order.series_of is not None:
        series = f"{order.series_number} of {order.series_of}"
    summary: dict[str, object] = {
        "number": opened.visit if opened else "",
        "patient": patient.full_name if patient else "",
        "mrn": patient.mrn if patient else "",
        "birth_date": patient.birth_date.isoformat() if patient else "",
        "sex": patient.sex if patient else "",
        "goal": goal.label if goal else (order.goal if order else ""),
        "series": series,
        "opened_at": opened_at.isoformat(),
        "practice": bool(opened and opened.practice),
        "address": patient.address if patient else "",
        "place": same_place(patient.address) if patient else "",
        "calls": [call.due_at.isoformat() for call in calls(visit) if call.open],
    }
    if opened is not None and opened.plan:
        summary["plan"] = opened.plan
    grave = serious(visit)
    if grave:
        summary["serious"] = [one.words for one in grave]
    return Shelved(
        stream=stream,
        day=opened_at.date().isoformat(),
        label=" ".join(str(summary[key]) for key in ("patient", "mrn", "birth_date")),
        status=_status(visit),
        summary=canonical(summary),
        mrn=str(summary["mrn"]),
    )


def _status(visit: Visit) -> str:
    if visit.report is not None:
        return "signed"
    return phase_at(visit)

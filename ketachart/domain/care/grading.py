"""What a grade of a side effect means, and by which edition; a grade is no alarm limit."""

from ketachart.domain.policy_care import GradeWords
from ketachart.domain.protocol import Protocol

GRADES = (1, 2, 3, 4)


def meaning(protocol: Protocol, effect: str, grade: int) -> GradeWords | None:
    """The words of the effect's own grade, else of any effect's; None where nobody says."""
    for code in (effect, ""):
        for row in protocol.grade_words:
            if (row.effect, row.grade) == (code, grade):
                return row
    return None


def standard(protocol: Protocol, effect: str, grade: int) -> str:
    """The edition by which it is graded; empty where the protocol names none, and for “gone”."""
    row = meaning(protocol, effect, grade)
    return row.standard if row is not None else ""

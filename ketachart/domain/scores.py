"""Scores before and after: the change in points and in percent; never a promise."""

from fractions import Fraction


def change_points(before: int, after: int) -> int:
    """How many points a score fell; below zero means it rose."""
    return before - after


def percent_change(before: int, after: int) -> Fraction | None:
    """The fall in percent of where it began; None where it began at zero."""
    return Fraction((before - after) * 100, before) if before else None

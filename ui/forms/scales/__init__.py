"""Questionnaires and scores: one item after the other, or a total with the day of its form."""

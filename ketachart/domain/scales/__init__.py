"""Questionnaires and scores: their totals, what they mean, and what their answers ask for."""

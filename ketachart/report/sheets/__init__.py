"""Sheets for the patient on paper: large letters, black on white, no more than is to be read."""

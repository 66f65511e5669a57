"""Sheets of the drug count."""

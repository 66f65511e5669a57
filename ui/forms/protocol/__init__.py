"""Sheets of the protocol."""

"""Freezes the program: one folder with its own Python, Qt and everything else it needs."""

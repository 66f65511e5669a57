"""Packages: what waits for whom, made and taken in, and how far each report came."""

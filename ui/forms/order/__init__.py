"""The prescriber's order as it is typed, part by part."""

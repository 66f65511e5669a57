"""What came before this visit, and the series it stands in."""

"""The help inside the application: its list with a search, and the page beside it."""

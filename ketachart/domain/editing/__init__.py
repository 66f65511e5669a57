"""The clinic's protocol as a supervisor edits it: rows, changes, checks, editions."""

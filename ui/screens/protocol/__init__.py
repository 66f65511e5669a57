"""The clinic's protocol: rows, draft, editions."""

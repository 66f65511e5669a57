"""The paper: the visit as a page, as a signed file, and the check of that file."""

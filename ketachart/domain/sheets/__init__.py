"""What stands on the sheets that the patient reads: before the visit, and left at the goodbye."""

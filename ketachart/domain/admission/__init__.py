"""Whether a new fact may enter the record: `door.admit` is the only way in."""

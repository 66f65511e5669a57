"""What each part of the visit report says, as plain values: no page, no letters, no library."""

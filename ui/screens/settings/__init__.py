"""Settings: each says what it does, what it is now, and takes hold at once."""

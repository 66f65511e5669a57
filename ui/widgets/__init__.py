"""The parts screens are made of: keyboard first, 44 pixels or more, each with a spoken name."""

"""The sheets of the medical review: medicines at home, history, symptoms beside the pain."""

"""What pump and label should say, and the slips that make them say otherwise."""

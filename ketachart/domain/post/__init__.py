"""What went between laptops and clinic by file, worked out from its facts: how far, what next."""

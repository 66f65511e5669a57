"""The drug count: custody, counts, entries."""

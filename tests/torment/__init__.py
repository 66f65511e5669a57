"""The published test: the ledger is killed, cut off, filled up, and must have lost nothing."""

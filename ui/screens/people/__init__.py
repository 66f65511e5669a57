"""Who may unlock this ledger, and the clinic's recovery key."""

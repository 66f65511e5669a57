"""The certificates: one's own, and for a supervisor those of the clinic."""

"""The days after the visit: the calls that are planned, and what was learned at them."""

"""The drug between visits: what should be where, counts, and what a visit did to it."""

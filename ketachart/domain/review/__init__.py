"""The medical review: medicines at home, what was tried before, dates on papers, what is asked when."""

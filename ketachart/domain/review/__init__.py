"""The medical review: medicines at home, treatments tried, dates on papers, what is asked when."""

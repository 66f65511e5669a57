"""What is still written once a visit is signed, and what is known from it."""

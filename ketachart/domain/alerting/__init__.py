"""What alerts are made of: sets that are overdue, and which answer is about which."""

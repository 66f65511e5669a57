"""What is looked at before signing."""

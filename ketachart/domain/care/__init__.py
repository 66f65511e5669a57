"""What is done about a side effect, and when it is looked at again."""
